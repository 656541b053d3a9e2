#pragma once
// CPU and memory of this thread, this process and others, as Linux counts them.

#include <chrono>
#include <cstdint>
#include <vector>

namespace fb::bench {

std::chrono::nanoseconds threadCpu();
std::chrono::nanoseconds processCpu(int64_t pid); // user and system, all threads, also those that have ended

struct Memory {
    double residentKib = 0;
    double proportionalKib = 0; // PSS: shared pages counted by their share
    double privateKib = 0;
};
Memory memoryOf(int64_t pid);
std::vector<int64_t> childrenOf(int64_t pid); // started by its first thread

inline double seconds(std::chrono::nanoseconds duration)
{
    return std::chrono::duration<double>(duration).count();
}
inline double milliseconds(std::chrono::nanoseconds duration) { return seconds(duration) * 1000; }

}
