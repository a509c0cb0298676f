import type { Problem } from './problem.ts'

/** Cases about upgrades, Sidekiq, search and slowness. */
export const performanceAndUpgrades: readonly Problem[] = [
  {
    key: 'upgrade-path',
    subject: 'Upgrade path from {older} to {version}: which stops are required?',
    area: 'upgrade',
    type: 'question',
    priority: 'low',
    turns: [
      [
        'customer',
        `Hello, we plan to go from {older} to {version} on the second weekend of next month, multi-node with Geo. Which versions do we have to stop at, and how long should we calculate for background migrations? About {n} GB of database.`,
      ],
      [
        'agent',
        `Hi {requester},\n\nthe Upgrade Path tool gives the required stops for your pair of versions; at every stop wait until *Admin → Monitoring → Background migrations* is empty. Geo: upgrade the secondary first. Could you send us the plan before, so that we can review it?\n\n{agent}`,
      ],
      ['customer', `The plan is attached. We would start on Friday at 22:00 and have until Sunday 18:00.`],
      [
        'note',
        `Review of the plan: missing the check for unmigrated artifacts before the second stop, and Elasticsearch must be paused. Otherwise good. Answer due this week.`,
      ],
      [
        'agent',
        `Good plan. Two additions: pause Advanced Search indexing before the first stop, and run \`gitlab-rake gitlab:background_migrations:status\` on every stop, the page in the admin area hides finalised ones. Please open an upgrade-assistance ticket for the weekend, at least a week ahead.\n\n{agent}`,
      ],
      ['customer', `Perfect, thank you. Ticket follows.`],
    ],
  },
  {
    key: 'batched-migration',
    subject: 'Batched background migration failed at 87 %, upgrade blocked',
    area: 'upgrade',
    type: 'problem',
    priority: 'high',
    turns: [
      [
        'customer',
        `The upgrade to {version} refuses to start:\n\n\`\`\`\nExpected batched background migration for the given configuration to be marked as 'finished', but it is 'failed':\n  {:job_class_name=>"BackfillPartitionIdCiPipelineMetadata", :table_name=>"ci_pipeline_metadata", :column_name=>"pipeline_id"}\n\`\`\``,
      ],
      [
        'agent',
        `Hi {requester},\n\nplease do not mark it as finished by hand. On the *old* version, retry the failed jobs in **Admin → Monitoring → Background migrations**, and send us the exception of one:\n\n\`\`\`\ngrep BackfillPartitionIdCiPipelineMetadata /var/log/gitlab/gitlab-rails/application_json.log | tail -3\n\`\`\`\n\n{agent}`,
      ],
      [
        'customer',
        `\`"exception.message":"PG::UniqueViolation: ERROR: duplicate key value violates unique constraint \\"ci_pipeline_metadata_pkey\\""\` for two rows.`,
      ],
      [
        'note',
        `Known when rows were imported by hand in 2024 (their consultant did). Both rows are orphans. Query for removal written, needs a second pair of eyes. Their window closes tomorrow 06:00 UTC.`,
      ],
      [
        'agent',
        `These two rows have no pipeline any more and can be removed. I have had the statement checked by a colleague:\n\n\`\`\`\nBEGIN;\nDELETE FROM ci_pipeline_metadata m WHERE NOT EXISTS (SELECT 1 FROM p_ci_pipelines p WHERE p.id = m.pipeline_id);\n-- expect: DELETE 2, anything else: ROLLBACK\nCOMMIT;\n\`\`\`\n\nThen retry the migration.\n\n{agent}`,
      ],
      ['customer', `DELETE 2, migration finished, upgrade is running.`],
    ],
  },
  {
    key: 'sidekiq-backlog',
    subject: 'Sidekiq queue grows to {m}, merge requests stay "checking"',
    area: 'sidekiq',
    type: 'incident',
    priority: 'high',
    turns: [
      [
        'customer',
        `Merge requests stay in *Checking if merge request can be merged…* for an hour. Sidekiq shows {m} jobs enqueued, most of them \`ProjectImportScheduleWorker\` and \`MergeRequestMergeabilityCheckWorker\`.`,
      ],
      [
        'agent',
        `Hi {requester},\n\nsomething occupies the threads. Please send which jobs run for longest:\n\n\`\`\`\ngitlab-rails runner 'Sidekiq::Workers.new.each { |_, _, w| p [w.payload["class"], Time.now - w.run_at] }'\n\`\`\`\n\n{agent}`,
      ],
      [
        'customer',
        `\`\`\`\n["RepositoryImportWorker", 10822.1]\n["RepositoryImportWorker", 10644.7]\n["RepositoryImportWorker", 9981.0]\n... 17 more\n\`\`\`\n\nAh, a team started a mass import from Bitbucket this morning.`,
      ],
      [
        'agent',
        `Then imports hold all 20 threads. Give them a process of their own:\n\n\`\`\`\nsidekiq['routing_rules'] = [['worker_name=RepositoryImportWorker', 'imports'], ['*', 'default']]\nsidekiq['queue_groups'] = ['imports', 'default,mailers']\n\`\`\`\n\nUntil then the import can be paused by lowering *Maximum concurrent imports* to 2.\n\n{agent}`,
      ],
      ['customer', `Lowered, the queue drains (about 500 a minute). Routing rules are planned for tonight.`],
    ],
  },
  {
    key: 'search-reindex',
    subject: 'Advanced Search: zero-downtime reindex stuck in "reindexing"',
    area: 'search',
    type: 'problem',
    priority: 'normal',
    turns: [
      [
        'customer',
        `We started a zero-downtime reindex after moving to OpenSearch 2.19 three days ago. It is still *reindexing* and one slice fails again and again.\n\n\`\`\`\n{"error":{"type":"search_phase_execution_exception","reason":"Trying to create too many scroll contexts. Must be less than or equal to: [500]."}}\n\`\`\``,
      ],
      [
        'agent',
        `Hi {requester},\n\nthe limit of scroll contexts is exhausted, probably by contexts left over from earlier attempts. \`DELETE _search/scroll/_all\` frees them; raise \`search.max_open_scroll_context\` to 1000 until the reindex is through.\n\n{agent}`,
      ],
      ['customer', `It went on, but code search gives no results for new commits. Is this because indexing is paused?`],
      [
        'agent',
        `Yes, indexing is paused while the copy runs and catches up afterwards by itself. Nothing is lost. From your numbers it should be done in about nine hours.\n\n{agent}`,
      ],
      [
        'customer',
        `Reindex is finished, {n} GB smaller than before. One question remains: can we delete the old index now?`,
      ],
    ],
  },
  {
    key: 'puma-memory',
    subject: 'Puma workers restarted every few minutes by the memory watchdog',
    area: 'puma',
    type: 'problem',
    priority: 'normal',
    turns: [
      [
        'customer',
        `\`application_json.log\` is full of *"rss memory limit exceeded"*, workers are replaced every 3 to 4 minutes. Pages are slow whenever that happens. 8 workers, 32 GB.`,
      ],
      [
        'agent',
        `Hi {requester},\n\na worker of {version} uses 1.0 to 1.2 GB in normal life; the watchdog stops it at 1.2 GB by default. Have you set \`puma['per_worker_max_memory_mb']\`? Please also look for one endpoint that allocates much: \`jq -r 'select(.mem_mb > 400) | .path' production_json.log | sort | uniq -c | sort -rn | head\`.\n\n{agent}`,
      ],
      [
        'customer',
        `Nearly all of them are \`/api/v4/projects/{m}/repository/tree\` with \`recursive=true&per_page=100\` by a scanner.`,
      ],
      [
        'agent',
        `Then let the scanner use \`pagination=keyset\`, and set the limit to 1500 MB to have some air. Both together should end the restarts.\n\n{agent}`,
      ],
      ['customer', `Limit is set. The scanner's vendor has a new version, we install it this week.`],
    ],
  },
  {
    key: 'slow-clone',
    subject: 'Clone over HTTPS takes 20 minutes, over SSH 3 minutes',
    area: 'performance',
    type: 'problem',
    priority: 'normal',
    turns: [
      [
        'customer',
        `Same repository \`{project}\`, same network: SSH 3 minutes, HTTPS 20 minutes. Has been so since we put a web application firewall in front of {host}.`,
      ],
      [
        'agent',
        `Hi {requester},\n\nthe firewall probably buffers or scans the pack. Compare from inside: \`GIT_CURL_VERBOSE=1 git clone\` directly to {node} with a hosts entry. If that takes 3 minutes as well, exclude \`*.git/git-upload-pack\` from body inspection.\n\n{agent}`,
      ],
      [
        'customer',
        `Directly it takes 2:50. The firewall team wants an official document that says which paths to exclude.`,
      ],
      [
        'note',
        `No such official page. Proposed: list of streaming endpoints from the Workhorse documentation, written as a reply by us. Draft in the internal snippet, to be reviewed.`,
      ],
    ],
  },
  {
    key: 'redis-latency',
    subject: 'Redis latency spikes to {n} ms every hour',
    area: 'redis',
    type: 'problem',
    priority: 'normal',
    turns: [
      [
        'customer',
        `Every hour at minute 7 Redis does not answer for up to {n} ms, users see errors. Sentinel setup with three nodes, persistence with RDB.`,
      ],
      [
        'agent',
        `Hi {requester},\n\nminute 7 sounds like the fork for the RDB snapshot with transparent huge pages on. What do \`cat /sys/kernel/mm/transparent_hugepage/enabled\` and \`redis-cli info persistence | grep fork\` say?\n\n{agent}`,
      ],
      ['customer', `\`[always] madvise never\` and \`latest_fork_usec:612031\`.`],
      [
        'agent',
        `There we are: set it to \`never\` (and persist that in the boot configuration), then restart Redis node by node, replicas first. The fork should take a few milliseconds afterwards.\n\n{agent}`,
      ],
      ['customer', `Replicas are done, the primary follows tonight after a failover.`],
    ],
  },
  {
    key: 'mr-diff-slow',
    subject: 'Merge request with {m} changed files does not load',
    area: 'performance',
    type: 'problem',
    priority: 'low',
    turns: [
      [
        'customer',
        `A generated client changes {m} files at once and the *Changes* tab never finishes. The browser says the page is not responding.`,
      ],
      [
        'agent',
        `Hi {requester},\n\nmark the generated files in \`.gitattributes\` with \`gitlab-generated\`, they are collapsed then:\n\n\`\`\`\nclients/generated/** gitlab-generated\n\`\`\`\n\nand switch on *Show one file at a time* in the preferences of the reviewers.\n\n{agent}`,
      ],
      ['customer', `It is better. Is it possible to enforce one file at a time for everybody?`],
      [
        'agent',
        `Not for now, it is a setting of each person. There is an open feature request, I have added your vote and the use case to it.\n\n{agent}`,
      ],
    ],
  },
  {
    key: 'pages-404',
    subject: 'GitLab Pages: 404 for all sites after moving to a new load balancer',
    area: 'pages',
    type: 'incident',
    priority: 'normal',
    turns: [
      [
        'customer',
        `All Pages sites answer 404 since we moved {host} behind the new load balancer at {time}.\n\n\`\`\`\n{"error":"HTTP status: 401","host":"docs.{host}","level":"error","msg":"could not fetch domain information from a source"}\n\`\`\``,
      ],
      [
        'agent',
        `Hi {requester},\n\n401 from the internal API: the secret of Pages and Rails differ, or the load balancer strips the \`Gitlab-Pages-Api-Request\` header. Can you compare \`/var/opt/gitlab/gitlab-pages/.pages-secret\` on both and call the internal API directly?\n\n{agent}`,
      ],
      [
        'customer',
        `Secrets are equal. The load balancer has a list of allowed headers, that one is missing. Trying now.`,
      ],
      ['customer', `That was it. All sites are back.`],
    ],
  },
  {
    key: 'web-down',
    subject: 'EMERGENCY: {host} answers 502 for everybody',
    area: 'availability',
    type: 'incident',
    priority: 'urgent',
    turns: [
      [
        'customer',
        `GitLab is completely down since {time}, 502 on every page, {m} developers affected. We are in the middle of a release.\n\n\`\`\`\n# gitlab-ctl status\ndown: puma: 1s, normally up, want up; run: log: (pid 1204) 84211s\nrun: gitaly: (pid 1190) 84211s; run: log: (pid 1189) 84211s\nrun: postgresql: (pid 1211) 84211s; run: log: (pid 1210) 84211s\n\`\`\``,
      ],
      [
        'agent',
        `Hello {requester}, I am the engineer on call and I am looking at it now. A bridge is open, the link is in the mail. Please run \`gitlab-ctl tail puma\` and have the output at hand.\n\n{agent}`,
      ],
      [
        'note',
        `On the bridge since 5 min. Puma dies with \`Errno::ENOSPC\` on /var/opt/gitlab: prometheus WAL filled the partition. Next: free 10 GB (old backups in /var/opt/gitlab/backups), start puma, then move Prometheus data.`,
      ],
      [
        'agent',
        `Summary of the call: the partition was full because of Prometheus data. After removing two old backups Puma started at once and the site is back. Please move the backups to another disk; I leave this open until tomorrow in case something turns up.\n\n{agent}`,
      ],
      ['customer', `Confirmed, all green. Thanks for the quick help! We move the backups today.`],
    ],
  },
  {
    key: 'zoekt-memory',
    subject: 'Exact code search: webserver pod is evicted, search returns nothing',
    area: 'search',
    type: 'problem',
    priority: 'normal',
    turns: [
      [
        'customer',
        `We enabled exact code search (Zoekt) for \`{project}\`. The webserver container is evicted with 8 GB of memory and search gives no results afterwards.`,
      ],
      [
        'agent',
        `Hi {requester},\n\nindexes are mapped into memory, so the pod needs room for its share of the {n} GB of index. What is the size of the index directory on the node, and how many replicas do you run?\n\n{agent}`,
      ],
      ['customer', `31 GB, one replica.`],
      [
        'agent',
        `Two replicas with 16 GB each would be my recommendation; namespaces are spread by themselves after *Watermark* rebalancing. I link the sizing table below.\n\n{agent}`,
      ],
    ],
  },
]
