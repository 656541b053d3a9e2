#pragma once
// Which machine this node's folder belongs to (fleet-manager B3.4): the fingerprint, a UUID made once, and the hardware record that goes with
// it, in one file. Copied to another machine the folder gets a fingerprint of its own, by which the engine knows. One thread.

#include "agent/platform/private_folder.h"
#include "backend/core/random.h"
#include "backend/core/result.h"
#include "backend/protocol/flagbridge.pb.h"

#include <optional>
#include <string>

namespace fb::agent {

class KnownMachine
{
public:
    // Makes the fingerprint if there is none. A file of an agent that kept no record is taken as it is.
    static Result<KnownMachine> load(const PrivateFolder &folder, Random &random);

    const std::string &fingerprint() const { return m_fingerprint; }
    const std::optional<wire::HardwareRecord> &hardware() const { return m_hardware; }

    // Something that the record has is missing or differs so much that it may be a device which is not there yet: read once more.
    bool mayComeLate(const wire::HardwareRecord &current) const;
    // True: this is another machine; it has a new fingerprint now. The first record is kept; a drifted one is the engine's to judge.
    Result<bool> meet(const wire::HardwareRecord &current, Random &random);
    Result<void> keep(const wire::HardwareRecord &current); // what the node is compared with from now on

    static void wipe(const PrivateFolder &folder);

private:
    KnownMachine(const PrivateFolder &folder, std::string fingerprint,
                 std::optional<wire::HardwareRecord> hardware)
        : m_folder(&folder),
          m_fingerprint(std::move(fingerprint)),
          m_hardware(std::move(hardware))
    {
    }
    Result<void> store(const std::string &fingerprint, const std::optional<wire::HardwareRecord> &hardware);

    const PrivateFolder *m_folder;
    std::string m_fingerprint;
    std::optional<wire::HardwareRecord> m_hardware;
};

}
