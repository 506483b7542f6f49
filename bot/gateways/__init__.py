"""The ways out: Slack, mail, pager, status page, each with a twin that prints."""
