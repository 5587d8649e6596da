"""What workbench and portal share: the page around the page, refusals as pages, words for days, the flow picture."""
