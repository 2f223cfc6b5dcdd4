"""Projects: their milestones and decisions in words, and the roadmap."""
