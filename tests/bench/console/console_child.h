#pragma once
// The console in a process of its own, opened on a store as a user opens it and then used: what it takes in CPU, time and memory. Printed as
// one JSON object of numbers by name. Called by main() of the benchmark for its child; offscreen.

namespace fb::bench {

int consoleChild(int argc, char **argv, const char *dataDir);

}
