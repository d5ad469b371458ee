"""`python -m newscrawl.replica`."""

from newscrawl.replica.command import replica_command

if __name__ == "__main__":
    replica_command(prog_name="newscrawl replica")
