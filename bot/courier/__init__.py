"""The outbox to Slack, mail, pager and status page: once, in order, whatever breaks."""
