"""Every value of the record is frozen: a stage makes a new one, it never edits an old one."""

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """Base of all values in the record: immutable, closed (no unknown keys), equal by content."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)
