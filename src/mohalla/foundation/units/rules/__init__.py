"""Pure rules over the directory: who is on duty, who is next, who may never receive."""
