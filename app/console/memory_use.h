#pragma once
// How the console asks the system for memory: large blocks each by themselves, so that what a list outgrows goes back at once, and few
// arenas, since only engine and window hold much. First thing in main().

namespace fb {

void keepMemoryTight();

}
