#pragma once
// All the SQL of hardware records. Gives and takes value types. Thread: the caller's transaction or reader.

#include "backend/nodes/fleet/hardware.h"
#include "backend/store/transaction.h"

namespace fb {

struct StoredHardware {
    NodeHardware accepted;
    std::optional<HardwareDifference> difference; // its `accepted` is the one above
    std::optional<Instant> toldAt; // the last event of a possible clone
};

class HardwareRepository
{
public:
    Result<std::optional<StoredHardware>> find(Reader &reader, const NodeId &node);
    Result<void> put(Transaction &transaction, const NodeId &node, const StoredHardware &stored);
    Result<void> remove(Transaction &transaction, const NodeId &node);
    Result<QList<HardwareDifference>> differences(Reader &reader, int most); // newest first
};

}
