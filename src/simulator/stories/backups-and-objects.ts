import type { Problem } from './problem.ts'

/** Cases about backups, object storage and the container registry. */
export const backupsAndObjects: readonly Problem[] = [
  {
    key: 'backup-restore',
    subject: 'Restore test fails: "The backup archive is from a different version"',
    area: 'backup',
    type: 'question',
    priority: 'normal',
    turns: [
      [
        'customer',
        `Hello,

for our yearly audit we restore last night's backup to a fresh machine. It stops right away:

\`\`\`
GitLab version mismatch:
  Your current GitLab version ({version}) differs from the GitLab version in the backup!
  Please switch to the following version and try again:
  version: {older}
\`\`\`

We upgraded this morning. Do we have to keep every old version around?`,
      ],
      [
        'agent',
        `Hi {requester},

yes: a backup can only be restored to exactly the version and edition that made it. For the audit, install {older} on the test machine, restore, check, and upgrade it afterwards if you like. Please also make sure that \`gitlab-secrets.json\` is stored apart from the archive, it is not part of the backup.

{agent}`,
      ],
      ['customer', `That worked. But now all CI variables are empty and runners are gone, is that expected?`],
      [
        'agent',
        `That is what a missing \`gitlab-secrets.json\` looks like: rows are there but cannot be decrypted. Copy the file from production to the test machine, run \`gitlab-ctl reconfigure\` and then

\`\`\`
gitlab-rake gitlab:doctor:secrets VERBOSE=1
\`\`\`

It should list no failing rows.

{agent}`,
      ],
      ['customer', `All green, the auditor is happy. Thank you, you may close this.`],
    ],
  },
  {
    key: 'object-storage-migration',
    subject: 'Artifacts migration to S3 stops at {n} of {m} with 403',
    area: 'object-storage',
    type: 'problem',
    priority: 'normal',
    turns: [
      [
        'customer',
        `We are moving job artifacts from local disk to S3 and the rake task keeps stopping:

\`\`\`
gitlab-rake gitlab:artifacts:migrate
I, [{date}T{time}]  INFO -- : Transferred artifact ID {n} of type archive with size 48211 to object storage
W, [{date}T{time}]  WARN -- : Failed to transfer artifacts of type metadata and ID {m} with error:
 Excon::Error::Forbidden: Expected(200) <=> Actual(403 Forbidden)
\`\`\`

The same credentials work with the aws cli.`,
      ],
      [
        'agent',
        `Hi {requester},

a 403 for single objects only is often the bucket's encryption policy: the cli sends the header by default, GitLab only when told. Does the bucket demand \`aws:kms\`? If so please add

\`\`\`
gitlab_rails['object_store']['storage_options'] = { 'server_side_encryption' => 'aws:kms',
  'server_side_encryption_kms_key_id' => 'arn:aws:kms:...' }
\`\`\`

and run the task again; it continues where it stopped.

{agent}`,
      ],
      ['customer', `Yes, KMS is compulsory since last week. Our cloud team has to add the key to the role first.`],
      ['note', `Waiting for their cloud team to grant kms:GenerateDataKey. No action for us; customer will report.`],
      ['customer', `Granted and running, 60 % done. Speed is about 40 objects a second, can that be raised?`],
      [
        'agent',
        `Good news. The task is sequential, but you can start it several times with different id ranges in the Rails console. At 40 a second it will be done tomorrow morning, so I would let it run.

{agent}`,
      ],
    ],
  },
  {
    key: 'registry-gc',
    subject: 'Container registry: garbage collection frees nothing, 37 TB used',
    area: 'registry',
    type: 'problem',
    priority: 'normal',
    turns: [
      [
        'customer',
        `Our registry bucket is at 37 TB. Cleanup policies run and delete tags (we see it in the UI), but the bucket does not shrink at all, even after

\`\`\`
gitlab-ctl registry-garbage-collect -m
\`\`\`

GitLab {version}, metadata database not enabled.`,
      ],
      [
        'agent',
        `Hi {requester},

without the metadata database only the offline collection removes blobs, and only when the registry is read-only or stopped while it runs. Does the log end with \`blobs eligible for deletion\`? Also: is versioning on for the bucket? Then deleted objects stay as old versions.

{agent}`,
      ],
      ['customer', `Versioning is on! Nobody remembered. So it did delete, but the provider keeps everything?`],
      [
        'agent',
        `Exactly. Please add a lifecycle rule for *noncurrent versions* (for example 7 days). For the future I suggest to import into the metadata database, after which collection runs online; it takes one read-only window, I can send you an estimate.

{agent}`,
      ],
      ['customer', `Rule added. Please send the estimate for the import, we have about 14,000 image repositories.`],
    ],
  },
]
