import type { Problem } from './problem.ts'

/** Cases about pipelines, runners, packages and deployment. */
export const ciAndRunners: readonly Problem[] = [
  {
    key: 'runner-autoscaling',
    subject: 'Autoscaling runners stay at 0 machines, {n} jobs pending',
    area: 'runner',
    type: 'incident',
    priority: 'high',
    turns: [
      [
        'customer',
        `Hi,

our fleeting runners on AWS do not start any machine since {time}. {n} jobs are pending, developers are blocked.

\`\`\`
ERROR: instance discovery: operation error Auto Scaling: DescribeAutoScalingGroups,
  https response error StatusCode: 403, api error AccessDenied  fleet=linux-docker runner={m}
WARNING: capacity is zero, no instances will be created
\`\`\`

Runner 18.5.0, fleeting-plugin-aws 1.1.0.`,
      ],
      [
        'agent',
        `Hi {requester},

the plugin may no longer read its scaling group. Has the instance profile of the manager changed today? These are the permissions it needs:

\`\`\`
autoscaling:DescribeAutoScalingGroups, autoscaling:SetDesiredCapacity, autoscaling:TerminateInstanceInAutoScalingGroup,
ec2:DescribeInstances, ec2:GetPasswordData, ec2-instance-connect:SendSSHPublicKey
\`\`\`

{agent}`,
      ],
      [
        'customer',
        `Our cloud team rolled out a new boundary policy at noon. They add the permissions now, give us 30 minutes.`,
      ],
      [
        'note',
        `Boundary policy is the cause (their change CHG-{m}). If jobs are still pending afterwards: restart the manager, the plugin caches the failure for 5 minutes.`,
      ],
      [
        'customer',
        `Machines start again. It takes very long to work off the queue though, can we go above \`max_instances = 40\` for today?`,
      ],
      [
        'agent',
        `Yes, it takes effect without a restart as soon as \`config.toml\` is saved. Keep an eye on the account's vCPU quota; at 80 machines you need 640 vCPUs.\n\n{agent}`,
      ],
    ],
  },
  {
    key: 'ci-minutes',
    subject: 'Compute minutes used up although we bought {m} extra',
    area: 'ci-minutes',
    type: 'question',
    priority: 'normal',
    turns: [
      [
        'customer',
        `Hello, all pipelines of our group fail with *"has exceeded its compute quota"*. We bought {m} additional minutes on {date}, and the usage page still says 0 left. What is wrong?`,
      ],
      [
        'agent',
        `Hi {requester},\n\nthe purchase went to another top-level group of yours, I see it on the subscription. I have asked our licensing colleagues to move it; that normally takes a few hours.\n\n{agent}`,
      ],
      [
        'note',
        `Internal request to L&R opened: transfer add-on pack from group \`{project}-sandbox\` to the production group. Ask for the confirmation before replying.`,
      ],
      ['customer', `Do you know when? We moved the most urgent jobs to our own runners meanwhile.`],
      [
        'agent',
        `It is done, the usage page should show {m} additional minutes now. Retried pipelines will start without further action.\n\n{agent}`,
      ],
    ],
  },
  {
    key: 'job-log-slow',
    subject: 'Job logs appear minutes late since upgrade to {version}',
    area: 'ci',
    type: 'problem',
    priority: 'low',
    turns: [
      [
        'customer',
        `Since the upgrade to {version} the log of running jobs is empty for 3 to 5 minutes, then everything appears at once. Jobs themselves run fine. Incremental logging is on, Redis is a separate cluster.`,
      ],
      [
        'agent',
        `Hi {requester},\n\nplease check whether the trace chunks are in Redis at all:\n\n\`\`\`\nredis-cli -h {node} --scan --pattern 'gitlab:ci:trace:*' | wc -l\n\`\`\`\n\nand send the \`PATCH /api/v4/jobs/:id/trace\` lines of your load balancer's log for one job.\n\n{agent}`,
      ],
      [
        'customer',
        `0 keys. The load balancer answers PATCH with 413 for bodies above 64 kB, the runner then retries later:\n\n\`\`\`\nWARNING: Appending trace to coordinator... aborted  code=413 job={m} sent-log=0-131071\n\`\`\``,
      ],
      [
        'agent',
        `Then the limit of the load balancer is the cause: runners send up to 1 MB at a time. \`client_max_body_size 0;\` for the API path solves it (GitLab has its own limits behind it).\n\n{agent}`,
      ],
      ['customer', `We will change that with the next release of our proxy configuration, next week.`],
    ],
  },
  {
    key: 'artifact-502',
    subject: 'Uploading artifacts fails with 502 for archives above 2 GB',
    area: 'ci',
    type: 'problem',
    priority: 'normal',
    turns: [
      [
        'customer',
        `Uploads above about 2 GB fail:\n\n\`\`\`\nUploading artifacts as "archive" to coordinator... 502 Bad Gateway  id={m} responseStatus=502 Bad Gateway\nWARNING: Retrying...                                context=artifacts-uploader error=invalid argument\nFATAL: invalid argument\n\`\`\`\n\nSmaller ones work. Maximum artifact size is 5 GB in the admin area.`,
      ],
      [
        'agent',
        `Hi {requester},\n\nwhat does Workhorse say at that moment? \`grep {m} /var/log/gitlab/gitlab-workhorse/current\`. And is there enough room below \`/var/opt/gitlab/gitlab-rails/shared/tmp\`? Direct upload to object storage avoids that directory.\n\n{agent}`,
      ],
      [
        'customer',
        `\`write /var/opt/gitlab/gitlab-workhorse/upload...: no space left on device\`. The partition has 4 GB only. We were not aware that it is used.`,
      ],
      [
        'agent',
        `That is it. Either enlarge the partition or switch artifacts to consolidated object storage, then nothing is buffered on disk. I recommend the second, steps are in the documentation under *Object storage*.\n\n{agent}`,
      ],
      ['customer', `We enlarged it for now, uploads are OK. Object storage comes with the new platform in January.`],
    ],
  },
  {
    key: 'webhook-timeouts',
    subject: 'Webhooks to Jenkins disabled automatically, "execution expired"',
    area: 'webhooks',
    type: 'problem',
    priority: 'normal',
    turns: [
      [
        'customer',
        `GitLab keeps disabling the push webhook of \`{project}\`. *Recent events* shows "execution expired" for about one in ten. Jenkins answers within a second in our monitoring.`,
      ],
      [
        'agent',
        `Hi {requester},\n\na webhook gets 10 seconds including the connection. After four failures in a row it is paused for a while. Could you measure from the GitLab node?\n\n\`\`\`\nfor i in $(seq 50); do curl -o /dev/null -s -w '%{time_connect} %{time_total}\\n' https://jenkins.example/project/hook; done\n\`\`\`\n\n{agent}`,
      ],
      ['customer', `Connecting takes 10 s or more in 6 of 50. One of the two addresses in DNS seems to be dead.`],
      [
        'agent',
        `Then GitLab is only the messenger: every time the dead address comes first, the webhook runs into the timeout. Removing that record brings the hook back, GitLab enables it again by itself.\n\n{agent}`,
      ],
      ['customer', `Network team removed it. Fine since this morning, you can close.`],
    ],
  },
  {
    key: 'k8s-agent',
    subject: 'Agent for Kubernetes loses its connection every {n} seconds',
    area: 'kubernetes',
    type: 'problem',
    priority: 'normal',
    turns: [
      [
        'customer',
        `The agent reconnects all the time and our GitOps deployments are hours late:\n\n\`\`\`\n{"level":"error","msg":"Error handling a connection","mod_name":"reverse_tunnel",\n "error":"Connect(): rpc error: code = Unavailable desc = error reading from server: failed to get reader: WebSocket closed: status = StatusAbnormalClosure"}\n\`\`\`\n\nKAS is behind an F5.`,
      ],
      [
        'agent',
        `Hi {requester},\n\nan F5 closes idle WebSocket connections after its own timeout, often 60 s, while KAS pings every 30 minutes by default. Please raise the idle timeout of that virtual server to an hour. Can you change that?\n\n{agent}`,
      ],
      ['customer', `The F5 belongs to another department. We ask them, it will take until Thursday.`],
      ['agent', `Thank you. I put the ticket on hold until Thursday and come back then.\n\n{agent}`],
    ],
  },
  {
    key: 'package-registry',
    subject: 'npm install from the package registry answers 404 for group members',
    area: 'packages',
    type: 'question',
    priority: 'normal',
    turns: [
      [
        'customer',
        `Members with the Guest role get 404 for \`npm install @{project}\`, Developers can install. Is this on purpose? It worked before {version}.`,
      ],
      [
        'agent',
        `Hi {requester},\n\nfor private projects Guests may not read packages unless *Allow anyone to pull from Package Registry* is on, or the project is internal. Was the visibility of the project changed recently? The audit events of the project show it.\n\n{agent}`,
      ],
      [
        'customer',
        `You are right, it was internal until last week. Can we let Guests read packages without opening the code?`,
      ],
      [
        'agent',
        `Yes: Settings → General → Visibility → *Allow anyone to pull from Package Registry*. It opens packages only, not the repository. If "anyone" is too wide, use a group deploy token with \`read_package_registry\`.\n\n{agent}`,
      ],
      ['customer', `Deploy token it is. Thanks, solved.`],
    ],
  },
  {
    key: 'merge-train',
    subject: 'Merge train stuck: "pipeline for merged results could not be created"',
    area: 'merge-trains',
    type: 'problem',
    priority: 'high',
    turns: [
      [
        'customer',
        `The train of \`{project}\` stands still. {n} merge requests wait, each one is dropped with\n\n> The pipeline failed to run: the merged results pipeline could not be created\n\nafter some minutes. Manual pipelines of the same branches work.`,
      ],
      [
        'agent',
        `Hi {requester},\n\nplease open the first merge request of the train and look at the system notes, there is a reason beside each drop. Is there an \`include:\` from another project in your configuration, and may the person who merges read that project?\n\n{agent}`,
      ],
      [
        'customer',
        `There it is: "Project \`templates/ci\` not found or access denied!". We moved it to another group yesterday. But why does it hit only trains?`,
      ],
      [
        'agent',
        `Because a train's pipeline runs as the person who added the merge request, and the service account that adds yours is not a member of the new group. Adding it with the Reporter role to \`templates\` is enough.\n\n{agent}`,
      ],
      [
        'customer',
        `Added. The train moves. Could you please tell us if there is an API to see which user a train pipeline runs as?`,
      ],
    ],
  },
  {
    key: 'dind-tls',
    subject: 'docker:dind jobs fail: "Cannot connect to the Docker daemon at tcp://docker:2375"',
    area: 'runner',
    type: 'question',
    priority: 'low',
    turns: [
      [
        'customer',
        `Since we updated the image from docker:19 to docker:27 all our build jobs fail:\n\n\`\`\`\nERROR: Cannot connect to the Docker daemon at tcp://docker:2375. Is the docker daemon running?\n\`\`\``,
      ],
      [
        'agent',
        `Hi {requester},\n\nnewer images use TLS and port 2376. In your job:\n\n\`\`\`\nvariables:\n  DOCKER_HOST: tcp://docker:2376\n  DOCKER_TLS_CERTDIR: "/certs"\n  DOCKER_TLS_VERIFY: 1\n  DOCKER_CERT_PATH: "$DOCKER_TLS_CERTDIR/client"\n\`\`\`\n\nand \`volumes = ["/certs/client", "/cache"]\` in the runner's \`config.toml\`.\n\n{agent}`,
      ],
      ['customer', `Works with the volume. Is there a way to set this for all {n} projects at once?`],
      ['agent', `Put the variables into the runner's \`environment\`, then projects need no change at all.\n\n{agent}`],
    ],
  },
  {
    key: 'pipeline-schedules',
    subject: 'Scheduled pipelines start up to 50 minutes late',
    area: 'ci',
    type: 'problem',
    priority: 'normal',
    turns: [
      [
        'customer',
        `Our nightly schedules at 01:00 start between 01:19 and 01:50. We have about {m} schedules at that hour. The default cron of \`pipeline_schedule_worker\` should be every ten minutes, shouldn't it?`,
      ],
      [
        'agent',
        `Hi {requester},\n\nthe worker runs at 3, 13, 23 … minutes past the hour, so the first start is at 01:03. Anything later is the queue. Could you send the latency of \`pipeline_creation\` around that time?\n\n{agent}`,
      ],
      [
        'customer',
        `\`pipeline_creation:run_pipeline_schedule\` has 41 minutes of latency at 01:30. CPU of the two Sidekiq nodes is at 100 % all the time.`,
      ],
      [
        'note',
        `Two nodes × 1 process × 20 threads. Suggest 4 processes per node with \`sidekiq['queue_groups'] = ['*'] * 4\` and spreading the schedules. Check memory first, 16 GB is tight for four.`,
      ],
      [
        'agent',
        `With {m} schedules in one minute 40 threads cannot keep up. Two things help: more Sidekiq processes (four per node, each about 2 GB), and spreading the schedules over the hour with \`H\`-like offsets. Shall we go through the sizing in a call?\n\n{agent}`,
      ],
    ],
  },
]
