"""Five steps in a row for django-viewflow. A form's fields lie in the process's JSON; no page belongs to it."""

from viewflow import this
from viewflow.workflow import flow
from viewflow.workflow.flow.views import UpdateProcessView
from viewflow.workflow.lock import select_for_update_lock
from viewflow.workflow.models import Process

FORM = UpdateProcessView.as_view(fields=[])


class FiveSteps(flow.Flow):
    process_class = Process
    lock_impl = select_for_update_lock

    start = flow.StartHandle(lambda activation: activation.process).Next(this.step_0)
    step_0 = flow.View(FORM).Next(this.step_1)
    step_1 = flow.View(FORM).Next(this.step_2)
    step_2 = flow.View(FORM).Next(this.step_3)
    step_3 = flow.View(FORM).Next(this.step_4)
    step_4 = flow.View(FORM).Next(this.end)
    end = flow.End()
