"""Faults of a whole running portal; bad input and faults of one room are tested beside that room.

Over-long, NUL, right-to-left, 50 MB, clock change in the editor: tests/updates/staff/test_editor.py
No picture, decompression bomb, GPS: tests/updates/test_pictures.py, tests/social/test_faults.py
Dangerous links: tests/updates/test_richtext.py
Two approvals, five clicks on publish at once: tests/updates/test_concurrency.py
500 after posting, 429, expired token, worker killed: tests/social/test_faults.py, tests/social/test_crash.py
Residents' bad input: tests/feedback/test_residents_forms.py
Nonsense in any query: tests/guards/test_reading_changes_nothing.py
"""
