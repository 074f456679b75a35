"""What an implementation in another language is held against (对照套件).

From the ground up; each module imports only those above it in this list:
"""

from __future__ import annotations
