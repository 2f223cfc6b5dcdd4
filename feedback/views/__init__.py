"""The pages of feedback: for residents, for the inbox, for councillors."""
