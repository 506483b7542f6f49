"""Our people are asked whether what a contact wrote is a report. Source: M16."""
