"""The local Slack is proved against what Slack publishes about itself."""
