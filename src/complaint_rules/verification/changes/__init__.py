"""What changes from one edition of a policy to another (修订差异).

From the ground up; each module imports only those above it in this list:
"""

from __future__ import annotations
