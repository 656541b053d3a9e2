#pragma once
// Our terminal in a window of its own with a program on a pseudo-terminal, as Konsole has it; and the same one measured from inside.
// Called by main() of the benchmark for its children.

namespace fb::bench {

int terminalWindow(int argc, char **argv, const char *command); // ends when the command has
int terminalFigures(int argc, char **argv, const char *payloadFile); // prints one JSON object

}
