import type { Problem } from './problem.ts'

/** Cases about signing in, permissions, licences and integrations with other systems. */
export const accessAndLicence: readonly Problem[] = [
  {
    key: 'ldap-sync',
    subject: 'LDAP group sync removes {n} members every night',
    area: 'ldap',
    type: 'problem',
    priority: 'high',
    turns: [
      [
        'customer',
        `Each night group sync removes {n} people from \`{project}\` and the next sync adds them again an hour later. In between they cannot push.\n\n\`\`\`\n[{date}T02:00:11] Adding/removing members of "{project}"... removing user uid=jdoe (not in "cn=devs,ou=groups,dc=corp")\n\`\`\`\n\nThe group has more than 1,500 members in Active Directory.`,
      ],
      [
        'agent',
        `Hi {requester},\n\nmore than 1,500 members is the hint: Active Directory gives large groups in ranges. GitLab follows them, but one domain controller may answer with fewer. Which hosts are in \`hosts\` of the LDAP settings, and do all of them run the same version?\n\n{agent}`,
      ],
      ['customer', `Three controllers. \`dc3\` was replaced two weeks ago and has \`MaxValRange\` 500.`],
      [
        'agent',
        `That fits: when the sync talks to \`dc3\`, a third of the members is missing. Until the policy of that controller is the same as the others', please take it out of \`hosts\`.\n\n{agent}`,
      ],
      ['customer', `Done, we look at tonight's run before closing.`],
    ],
  },
  {
    key: 'saml-groups',
    subject: 'SAML: users lose Maintainer after signing in again',
    area: 'saml',
    type: 'problem',
    priority: 'normal',
    turns: [
      [
        'customer',
        `People who were Maintainers of a subgroup become Developers after their next SSO sign-in. We use SAML group links with Entra ID on {host}.`,
      ],
      [
        'agent',
        `Hi {requester},\n\nSAML group sync sets the role from the link at every sign-in. When somebody is in several linked groups the highest role wins, if the assertion names them all. Could you take a SAML trace of one sign-in and look for \`http://schemas.microsoft.com/claims/groups.link\`? Entra leaves out the list when there are more than 150 groups.\n\n{agent}`,
      ],
      ['customer', `Yes! \`groups.link\` instead of the list, for people with many groups only.`],
      [
        'agent',
        `Then assign only *Groups assigned to the application* in the token configuration of Entra, and the list is short enough again. After that one sign-in per person restores the roles.\n\n{agent}`,
      ],
      ['customer', `Our identity team plans this for Monday.`],
    ],
  },
  {
    key: 'license-activation',
    subject: 'Activation code rejected after renewal: "This code has already been used"',
    area: 'licensing',
    type: 'question',
    priority: 'high',
    turns: [
      [
        'customer',
        `Hi, we renewed with {m} seats and got a new code. Our instance says\n\n> The activation code has already been used.\n\nThe old licence ends in {n} hours. The instance is offline, we used the proxy for the first one.`,
      ],
      [
        'agent',
        `Hi {requester},\n\nno worry, after the end there are 14 days of grace. A code belongs to one instance; since yours is offline you need a licence file instead of a cloud code. I have asked licensing to send one to you.\n\n{agent}`,
      ],
      ['customer', `File received and uploaded, but the seats are {n} fewer than we ordered.`],
      [
        'note',
        `L&R: order has two lines, second one starts on the 1st of next month. File with both lines is only possible from then on. Explain and offer a trial file for the gap.`,
      ],
      [
        'agent',
        `The second line of your order starts on the first of next month, so this file has only the first. We can bridge the days with a temporary file for the full number, would that help?\n\n{agent}`,
      ],
    ],
  },
  {
    key: 'two-factor',
    subject: 'Enforced 2FA locks out our service accounts',
    area: 'authentication',
    type: 'question',
    priority: 'normal',
    turns: [
      [
        'customer',
        `We enforce two-factor for the whole instance since Monday. Pipelines that clone with a user and password now fail with *HTTP Basic: Access denied*. How do others solve this?`,
      ],
      [
        'agent',
        `Hi {requester},\n\nscripts should use a token instead of a password: a group or project access token with \`read_repository\`, or a service account with its own token (Premium and higher). Neither needs a second factor.\n\n{agent}`,
      ],
      ['customer', `How many service accounts may we have?`],
      ['agent', `On self-managed as many as you like, they take no seat of the licence.\n\n{agent}`],
      ['customer', `Perfect. We migrate step by step, please keep this open for a week in case of questions.`],
    ],
  },
  {
    key: 'jira-dvcs',
    subject: 'Jira development panel shows no merge requests for new projects',
    area: 'integrations',
    type: 'problem',
    priority: 'low',
    turns: [
      [
        'customer',
        `Old projects show branches and merge requests in Jira, new ones do not. GitLab for Jira Cloud app, self-managed {version}.`,
      ],
      [
        'agent',
        `Hi {requester},\n\nis the namespace of the new projects linked in the app's configuration? Subgroups are included, other top-level groups are not. You find failures in \`/var/log/gitlab/gitlab-rails/integrations_json.log\`.\n\n{agent}`,
      ],
      [
        'customer',
        `It is linked. The log says:\n\n\`\`\`\n"message":"Error sending message","integration_class":"JiraConnect","exception.message":"401 Client Error: JWT claim iss is unknown"\n\`\`\``,
      ],
      [
        'agent',
        `The app was installed again in Jira, and GitLab still has the old secret. Removing the namespace in the app and linking it again exchanges the secret; nothing else is lost.\n\n{agent}`,
      ],
      ['customer', `Thanks, I need a Jira admin for that. Will report.`],
    ],
  },
  {
    key: 'audit-streaming',
    subject: 'Audit event streaming drops events during our SIEM maintenance',
    area: 'audit',
    type: 'question',
    priority: 'low',
    turns: [
      [
        'customer',
        `When our SIEM is in maintenance for two hours, events of that time are missing for ever. Is there a buffer we can enlarge?`,
      ],
      [
        'agent',
        `Hi {requester},\n\nstreaming to HTTP destinations is retried a few times only, there is no long buffer. What others do: a small collector (for example Vector or Fluent Bit) with a disk queue in front of the SIEM. Events remain in GitLab's own database as well and can be fetched by \`/api/v4/audit_events\`.\n\n{agent}`,
      ],
      ['customer', `Then we fill the gap by API for now. Is \`created_after\` inclusive?`],
    ],
  },
  {
    key: 'rate-limit-429',
    subject: 'Automation gets 429 although our limits are higher',
    area: 'api',
    type: 'question',
    priority: 'normal',
    turns: [
      [
        'customer',
        `Our inventory script gets \`429 Too Many Requests\` from {host}. Limit for authenticated API requests is 7,200 per minute and we make about 900.\n\n\`\`\`\nHTTP/2 429\nratelimit-name: throttle_authenticated_web\nratelimit-limit: 600\nretry-after: 31\n\`\`\``,
      ],
      [
        'agent',
        `Hi {requester},\n\nthe header names the limit that was hit: \`throttle_authenticated_web\`, not the API one. The script seems to call pages such as \`/-/raw/\` or \`/-/archive\` with a session. Via \`/api/v4/projects/:id/repository/files/…/raw\` it counts as API.\n\n{agent}`,
      ],
      ['customer', `Indeed, archives are fetched by the web address. We change the script.`],
    ],
  },
  {
    key: 'smtp-cert',
    subject: 'No e-mail since certificate change: "certificate verify failed"',
    area: 'email',
    type: 'incident',
    priority: 'high',
    turns: [
      [
        'customer',
        `Since our mail relay has a new certificate GitLab sends nothing at all.\n\n\`\`\`\nOpenSSL::SSL::SSLError: SSL_connect returned=1 errno=0 peeraddr=10.20.4.11:587 state=error: certificate verify failed (self-signed certificate in certificate chain)\n\`\`\`\n\nOur CA is in \`/usr/local/share/ca-certificates\` of the host.`,
      ],
      [
        'agent',
        `Hi {requester},\n\nLinux packages of GitLab have their own store. Copy the root and the intermediate certificate (PEM, ending in .crt) to \`/etc/gitlab/trusted-certs/\` and run \`gitlab-ctl reconfigure\`. A test:\n\n\`\`\`\ngitlab-rails runner "Notify.test_email('you@example.com', 'Test', 'Test').deliver_now"\n\`\`\`\n\n{agent}`,
      ],
      ['customer', `Reconfigure printed *"skipping ca-root.crt: not a valid certificate"*.`],
      [
        'agent',
        `Then the file is DER, not PEM. \`openssl x509 -inform der -in ca-root.crt -out /etc/gitlab/trusted-certs/ca-root.crt\` converts it.\n\n{agent}`,
      ],
      ['customer', `Mail is flowing again, {n} delayed notifications came at once. Thank you!`],
    ],
  },
  {
    key: 'group-transfer',
    subject: 'Transferring a group with {n} projects ends in error 500',
    area: 'groups',
    type: 'problem',
    priority: 'normal',
    turns: [
      [
        'customer',
        `We want to move \`{project}\` below another top-level group. After a minute there is a 500 and nothing has moved.\n\n\`\`\`\nActiveRecord::QueryCanceled (PG::QueryCanceled: ERROR: canceling statement due to statement timeout)\n\`\`\``,
      ],
      [
        'agent',
        `Hi {requester},\n\nwith that many projects the transfer runs into the 60 s limit of web requests. In the Rails console it may run longer. I prepare the commands for your version; please take a database backup before.\n\n{agent}`,
      ],
      [
        'note',
        `Prepared snippet, to be reviewed by a second engineer before we send it (writes to production from the console). Reviewer: ask in the database channel.`,
      ],
      ['customer', `Any news on the commands? We have a window on Saturday.`],
    ],
  },
]
