"""The demonstration house 安宁区（虚构）: its people, and stories played day by day through the real doors."""
