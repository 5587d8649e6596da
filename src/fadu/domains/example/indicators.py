"""What is counted about suggestions and recommendations: each figure with its definition."""

from __future__ import annotations

from fadu.domains.example import recommendation, suggestion
from fadu.rules.indicators import Count, DayOf, Kept, Rate

answered = Count(
    name="suggestion_answered",
    label="答复代表建议数",
    system="suggestion",
    day=DayOf((suggestion.answer,)),
    definition="本期内答复代表的建议件数，按答复之日计入；一件建议无论由几名代表联名提出，只计一件。",
)
answered_in_time = Count(
    name="suggestion_answered_in_time",
    label="按期答复代表建议数",
    system="suggestion",
    day=DayOf((suggestion.answer,)),
    where=(Kept(suggestion.answer_in_time),),
    definition="本期内答复且没有超过法定答复期限的建议件数，按答复之日计入。",
)
in_time_rate = Rate(
    name="suggestion_in_time_rate",
    label="代表建议按期答复率",
    numerator=answered_in_time,
    denominator=answered,
    definition="分子为本期按期答复的建议件数，分母为本期答复的建议件数，均按答复之日计入；期满未答复的不在其内。",
)

recommendation_answered = Count(
    name="recommendation_answered",
    label="回复检察建议数",
    system="recommendation",
    day=DayOf((recommendation.answer,)),
    definition="本期内书面回复人民检察院的检察建议件数，按回复之日计入。",
)
recommendation_answered_in_time = Count(
    name="recommendation_answered_in_time",
    label="按期回复检察建议数",
    system="recommendation",
    day=DayOf((recommendation.answer,)),
    where=(Kept(recommendation.answer_in_time),),
    definition="本期内书面回复且没有超过法定回复期限的检察建议件数，按回复之日计入。",
)
recommendation_in_time_rate = Rate(
    name="recommendation_in_time_rate",
    label="检察建议按期回复率",
    numerator=recommendation_answered_in_time,
    denominator=recommendation_answered,
    definition="分子为本期按期回复的检察建议件数，分母为本期回复的检察建议件数，均按回复之日计入；期满未回复的不在其内。",
)

ALL = (
    answered,
    answered_in_time,
    in_time_rate,
    recommendation_answered,
    recommendation_answered_in_time,
    recommendation_in_time_rate,
)
