"""The pages about people, teams, the trail and oneself."""
