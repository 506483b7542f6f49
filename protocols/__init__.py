"""The rules of Bridgewatch: values in, values out; no clock, no database, no Slack."""
