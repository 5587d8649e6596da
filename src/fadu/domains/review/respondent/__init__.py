"""作为被申请人的复议答复: the government answers before its superior."""
