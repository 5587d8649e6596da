"""What workbench and portal share: the page around the page, forms from declared facts, refusals, words for days."""
