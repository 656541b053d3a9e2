#include "app/console/memory_use.h"

#include <malloc.h>

namespace fb {

void keepMemoryTight()
{
    constexpr int kLarge
        = 128 * 1024; // bytes; set, so that the allocator does not raise it to 32 MiB by itself
    mallopt(M_MMAP_THRESHOLD, kLarge);
    mallopt(M_ARENA_MAX, 2);
}

}
