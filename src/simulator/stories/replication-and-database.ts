import type { Problem } from './problem.ts'

/** Cases about Geo, Gitaly and PostgreSQL. */
export const replicationAndDatabase: readonly Problem[] = [
  {
    key: 'geo-lag',
    subject: 'Geo secondary falls behind: {n} repositories out of sync since last night',
    area: 'geo',
    type: 'problem',
    priority: 'high',
    turns: [
      [
        'customer',
        `Hi team,

since about {time} our secondary site does not catch up any more. The dashboard on {host} shows {n} project repositories as *out of sync* and the number is still rising. Database replication looks healthy to us.

\`\`\`
root@{node}:~# gitlab-rake geo:status
Name: secondary-eu
GitLab Version: {version}
Geo Role: Secondary
Health Status: Healthy
Project Repositories: succeeded 61204 / total 64911 (94%)
Lfs Objects: succeeded 182204 / total 182204 (100%)
Sync Settings: Full
Database replication lag: 0 seconds
Last event ID seen from primary: 88120341 (4 minutes ago)
Last event ID processed by cursor: 88107722 (3 hours ago)
\`\`\`

We rely on the secondary for the Frankfurt build farm, so clones there return old commits. What can we do?

{requester}`,
      ],
      [
        'agent',
        `Hi {requester},

thanks for the status output. The event cursor is three hours behind while PostgreSQL itself is current, so it is the log cursor or Sidekiq on the secondary that is stuck, not replication.

Could you send us, from {node}:

- the last 200 lines of \`/var/log/gitlab/gitlab-rails/geo.log\`
- \`gitlab-ctl tail geo-logcursor\` for a minute
- the size of the \`geo\` queues from **Admin → Monitoring → Background jobs**

Please do not remove entries from the registry yet, we want to see them first.

{agent}`,
      ],
      [
        'customer',
        `Here it is. This one repeats every few seconds:

\`\`\`
{"severity":"ERROR","time":"{date}T03:12:44.117Z","class":"Geo::FrameworkRepositorySyncService",
 "message":"Error syncing repository","error":"4:Deadline Exceeded","project_id":{m},
 "shard":"default","download_time_s":10800.02}
\`\`\`

Sidekiq: \`geo_event\` 41,208 jobs, latency 3 h. It seems that one very large monorepo blocks all workers.`,
      ],
      [
        'note',
        `Project {m} is their 38 GB monorepo. All 10 repository sync slots are held by retries of it. Next steps:

- ask them to lower nothing yet, raise \`repos_max_capacity\` from 10 to 25 for the night
- if the fetch still runs into the 3 h deadline: housekeeping of {m} on the primary first, then one manual \`sync\` from the console
- watch \`last event processed\`, it should move within 15 minutes`,
      ],
      [
        'agent',
        `Hi {requester},

your reading is right: project {m} occupies every sync slot because its fetch never finishes within three hours. Please

1. run housekeeping for that project on the **primary** (Settings → General → Advanced),
2. raise *Repository synchronization concurrency limit* of the secondary to 25 until it has caught up.

The cursor should start moving within a quarter of an hour. If it does, I will show you how to sync the monorepo alone at night.

{agent}`,
      ],
      [
        'customer',
        `Housekeeping took 50 minutes, the cursor moves again: 1 hour behind now. We keep an eye on it tonight.`,
      ],
    ],
  },
  {
    key: 'gitaly-oom',
    subject: 'Gitaly killed by the OOM killer several times a day on {node}',
    area: 'gitaly',
    type: 'incident',
    priority: 'high',
    turns: [
      [
        'customer',
        `Hello,

one of our three Gitaly nodes is killed by the kernel up to five times a day. While it restarts, pushes fail with 502 for about a minute.

\`\`\`
[{date}T{time}] Out of memory: Killed process 18233 (gitaly) total-vm:71893412kB, anon-rss:61202148kB
[{date}T{time}] oom_reaper: reaped process 18233 (gitaly), now anon-rss:0kB
\`\`\`

GitLab {version}, 64 GB of memory, 8 vCPU, about {n} repositories on that shard.`,
      ],
      [
        'agent',
        `Hi {requester},

sorry about the interruptions. To see what uses the memory at the moment of the kill, please send a *gitlabsos* of {node} taken soon after the next event, and tell us whether cgroups are configured:

\`\`\`
grep -A12 "'cgroups'" /etc/gitlab/gitlab.rb
\`\`\`

{agent}`,
      ],
      [
        'customer',
        `No cgroups configured. The archive is attached to the upload link you gave us. In \`gitaly_access.log\` just before each kill we see the same call:

\`\`\`
grpc.method=PackObjectsHook grpc.request.glProjectPath={project} grpc.time_ms=241877 command.maxrss=9120344
\`\`\`

Around twenty of them at the same time, all from the CI of one project.`,
      ],
      [
        'note',
        `fast-stats on the SOS: 83 % of memory is \`upload-pack\` for {project}, full clones, \`GIT_DEPTH: 0\` with 20 parallel jobs. Plan:

1. pack-objects cache on (\`pack_objects_cache.enabled\`)
2. cgroups: repositories count 100, memory 60 GB parent / 20 GB per repo
3. ask for shallow clones in that pipeline

Customer wants to do (1) in their Thursday window.`,
      ],
      [
        'agent',
        `Hi {requester},

that is what takes the memory: twenty full clones of \`{project}\` at once, each packing the same 9 GB. Two changes help, in this order:

\`\`\`
gitaly['configuration'] = {
  pack_objects_cache: { enabled: true, max_age: '5m' },
  cgroups: { mountpoint: '/sys/fs/cgroup', hierarchy_root: 'gitaly',
             memory_bytes: 60129542144,
             repositories: { count: 100, memory_bytes: 21474836480 } },
}
\`\`\`

With the cache the same pack is built once for all twenty jobs. Could you apply it in your next maintenance window?

{agent}`,
      ],
      ['customer', `We have put it on the list for Thursday 20:00. Please leave the ticket open until then.`],
    ],
  },
  {
    key: 'pg-bloat',
    subject: 'ci_builds takes {n} GB, autovacuum never finishes',
    area: 'database',
    type: 'problem',
    priority: 'normal',
    turns: [
      [
        'customer',
        `Hi,

our database grew from 900 GB to 1.6 TB this year and most of it is one table:

\`\`\`
 relname            | size    | n_dead_tup | last_autovacuum
--------------------+---------+------------+-----------------
 p_ci_builds        | {n} GB  |  412900113 |
 p_ci_builds_metadata| 212 GB |   98120477 | {date} 02:11:09
\`\`\`

Is it safe to run pg_repack on it? We are on {version}, PostgreSQL 16.`,
      ],
      [
        'agent',
        `Hi {requester},

pg_repack is possible, but an autovacuum that has never finished will bring the bloat back. What keeps it from finishing?

\`\`\`
SELECT pid, now() - xact_start AS age, state, left(query, 80) FROM pg_stat_activity
WHERE backend_xmin IS NOT NULL ORDER BY xact_start LIMIT 10;
SELECT slot_name, active, age(xmin), age(catalog_xmin) FROM pg_replication_slots;
\`\`\`

{agent}`,
      ],
      [
        'customer',
        `There is a slot nobody knows:

\`\`\`
 slot_name          | active | age(xmin) | age(catalog_xmin)
--------------------+--------+-----------+-------------------
 dwh_export_old     | f      | 918220471 |
\`\`\`

It was made for a data warehouse project in spring.`,
      ],
      [
        'agent',
        `There is the culprit, {requester}: the unused slot holds back the oldest transaction, so no dead row since spring may be removed. When you are sure that nobody needs it:

\`\`\`
SELECT pg_drop_replication_slot('dwh_export_old');
\`\`\`

Then let autovacuum run for a night before we talk about pg_repack. Please watch the disk: WAL that was kept for the slot is freed at the next checkpoint.

{agent}`,
      ],
      ['customer', `Dropped. 300 GB of WAL went away at once. Vacuum runs since an hour, we report tomorrow.`],
    ],
  },
  {
    key: 'praefect-split',
    subject: 'Praefect: {n} repositories unavailable after failover of {node}',
    area: 'gitaly',
    type: 'incident',
    priority: 'urgent',
    turns: [
      [
        'customer',
        `After the maintenance of our hypervisor {node} did not come back and Praefect marks {n} repositories as unavailable. Developers cannot push.

\`\`\`
praefect -config /var/opt/gitlab/praefect/config.toml dataloss
Virtual storage: default
  Outdated repositories:
    @hashed/3f/db/3fdba35f04dc8c462986c992bcf875546257113072a909c162f7e470e581e278.git (unavailable):
      In-Sync Storages:
        {node}, assigned host, unhealthy
      Outdated Storages:
        gitaly-2 is behind by 3 changes or less, assigned host
\`\`\`

Is it safe to accept data loss?`,
      ],
      [
        'agent',
        `Please do **not** run \`accept-dataloss\` yet. As long as the disk of {node} exists those changes are only there. Can the virtual machine be started on another host, or its disk be attached to a new one with the same name?

{agent}`,
      ],
      ['customer', `The VM team says 30 minutes to start it on another host.`],
      [
        'agent',
        `That is the better way. When it is up, Praefect repairs by itself within minutes; \`dataloss\` must come back empty. I stay on this ticket meanwhile.

{agent}`,
      ],
      [
        'customer',
        `It is up, dataloss is empty, pushes work. Can you help us to find out why only one copy was current?`,
      ],
    ],
  },
  {
    key: 'repo-checks',
    subject: 'Repository check reports {n} failed projects after disk replacement',
    area: 'gitaly',
    type: 'problem',
    priority: 'normal',
    turns: [
      [
        'customer',
        `After replacing a disk in the RAID of {node} the admin page lists {n} projects whose last repository check failed. Example:

\`\`\`
Could not fsck repository: error: refs/keep-around/18bf53: invalid sha1 pointer 0000000000000000000000000000000000000000
\`\`\`

Are these really damaged?`,
      ],
      [
        'agent',
        `Hi {requester},

refs with an all-zero pointer are files that were cut off when the disk failed, mostly \`keep-around\` refs, which can go. Before deleting anything: does \`git fsck --connectivity-only\` report missing objects for any of them?

{agent}`,
      ],
      ['customer', `Two of {n} report missing blobs, the others only the zero refs.`],
      [
        'note',
        `For the two with missing blobs: Geo secondary has good copies (checked in geo:status). Plan is to copy the objects from there.`,
      ],
      [
        'agent',
        `Then the others are fine after \`git update-ref -d\` of those refs. For the two with missing objects we can take them from your Geo secondary; I have put the exact steps into a snippet that I will go through with you on a call, if you like tomorrow.

{agent}`,
      ],
      ['customer', `Tomorrow 14:00 works for us.`],
    ],
  },
  {
    key: 'patroni-switchover',
    subject: 'Patroni switches leader every few hours, GitLab answers 500 for a minute',
    area: 'database',
    type: 'problem',
    priority: 'high',
    turns: [
      [
        'customer',
        `Since the upgrade to {version} our Patroni cluster changes its leader three or four times a day.

\`\`\`
{date} {time},114 INFO: no action. I am ({node}), the leader with the lock
{date} {time},871 ERROR: Error communicating with Consul: ReadTimeoutError(read timeout=3.333)
{date} {time},871 INFO: demoting self because DCS is not accessible and I was a leader
\`\`\``,
      ],
      [
        'agent',
        `Hi {requester},

the database itself is healthy here, Consul does not answer within 3.3 seconds. Do the Consul agents share disks with something heavy? Please send \`consul info\` and the disk latency (\`iostat -x 1 30\`) around the next switch.

{agent}`,
      ],
      [
        'customer',
        `Consul servers run on the same hosts as the Prometheus of another team since the move. iostat shows await of 800 ms and more each hour.

\`\`\`
Device   r/s    w/s   rkB/s    wkB/s  await  %util
sdb     12.0  911.0   480.0  83112.0 812.44  99.80
\`\`\``,
      ],
      [
        'agent',
        `That explains it. Until Prometheus has a disk of its own you can make the cluster more patient: \`patroni['ttl'] = 60\`, \`patroni['loop_wait'] = 10\`, \`patroni['retry_timeout'] = 20\`. It takes effect with a reload, without a switch.

{agent}`,
      ],
      ['customer', `Set on all three nodes. No switch in the last two hours.`],
    ],
  },
]
