"""Who acts in a demonstration house: organs by name, and for each role at an organ the officers who hold it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from fadu.kernel import models
from fadu.rules.errors import DeclarationError

BODY, ORGAN = "justice", "government"
"""The 机构 that handles every case, and the organ for which it does; keys of house.yaml."""

Who = Callable[[str, int | None], int]
"""(role, organ) → officer: who acts under a role; organ None: at the handling body."""


@dataclass(frozen=True, slots=True)
class Cast:
    """organs: name → id; posts: (role, organ) → officers, in the order of their registration."""

    organs: Mapping[str, int]
    posts: Mapping[tuple[str, int], list[int]]

    @classmethod
    def of(cls, organs: Mapping[str, int]) -> Cast:
        """Of a house whose posts are registered."""
        posts: dict[tuple[str, int], list[int]] = {}
        for post in models.Post.objects.order_by("pk"):
            posts.setdefault((post.role, post.organ_id), []).append(post.officer_id)
        return cls(organs, posts)

    @property
    def body(self) -> int:
        return self.organs[BODY]

    def taking_turns(self, turn: int) -> Who:
        """Who acts in one story: where several hold a role, they take turns by story."""

        def who(role: str, at: int | None) -> int:
            found = self.posts.get((role, at or self.body)) or self.posts.get((role, at or self.organs[ORGAN]))
            if not found:
                raise DeclarationError(f"演示机关中没有人担任 {role}")
            return found[turn % len(found)]

        return who

    def organ(self, name: str) -> int:
        """An organ of the house. Raises DeclarationError that lists them."""
        if name not in self.organs:
            raise DeclarationError(f"演示机关中没有“{name}”", todo=f"请从这些机关中选择：{'、'.join(self.organs)}。")
        return self.organs[name]
