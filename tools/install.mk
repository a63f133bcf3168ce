# Installation, as the GNU coding standards describe it: make install PREFIX=/usr DESTDIR=/tmp/package
PREFIX ?= /usr/local
DESTDIR ?=
PROGRAM ?= out/nodeps
INSTALL ?= install

BINARY_DIRECTORY = $(DESTDIR)$(PREFIX)/bin
MAN_DIRECTORY = $(DESTDIR)$(PREFIX)/share/man/man1
BASH_DIRECTORY = $(DESTDIR)$(PREFIX)/share/bash-completion/completions
ZSH_DIRECTORY = $(DESTDIR)$(PREFIX)/share/zsh/site-functions
FISH_DIRECTORY = $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d

.PHONY: man install uninstall

out/nodeps:
	@$(MAKE) --no-print-directory build

## write the manual page, out/nodeps.1
man: $(PROGRAM)
	@mkdir -p out
	@$(PROGRAM) man > out/nodeps.1
	@echo "man -l out/nodeps.1"

## program, manual page and completions into PREFIX (/usr/local), under DESTDIR if set
install: $(PROGRAM)
	@$(INSTALL) -d "$(BINARY_DIRECTORY)" "$(MAN_DIRECTORY)" "$(BASH_DIRECTORY)" "$(ZSH_DIRECTORY)" "$(FISH_DIRECTORY)"
	$(INSTALL) -m 755 "$(PROGRAM)" "$(BINARY_DIRECTORY)/nodeps"
	"$(PROGRAM)" man > "$(MAN_DIRECTORY)/nodeps.1"
	"$(PROGRAM)" completion bash > "$(BASH_DIRECTORY)/nodeps"
	"$(PROGRAM)" completion zsh > "$(ZSH_DIRECTORY)/_nodeps"
	"$(PROGRAM)" completion fish > "$(FISH_DIRECTORY)/nodeps.fish"

## remove what make install wrote, with the same PREFIX and DESTDIR
uninstall:
	rm -f "$(BINARY_DIRECTORY)/nodeps" "$(MAN_DIRECTORY)/nodeps.1" "$(BASH_DIRECTORY)/nodeps" \
	      "$(ZSH_DIRECTORY)/_nodeps" "$(FISH_DIRECTORY)/nodeps.fish"
