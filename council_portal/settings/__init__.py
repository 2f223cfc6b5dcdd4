"""Settings by place: dev for `make run`, test for `make test`, prod for a council's servers."""
