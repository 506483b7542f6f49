"""Those who are called: leads and reviewers."""
