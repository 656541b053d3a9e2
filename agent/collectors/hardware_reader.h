#pragma once
// Reads the nine values by which a node is compared with itself (fleet-manager B3.4): from this machine, or from a folder that stands in
// its place. Each is one line of at most 500 characters; empty where the machine has none or this user may not read it. Any thread; takes a
// few ms.

#include "backend/protocol/flagbridge.pb.h"

#include <string>

namespace fb::agent {

class HardwareReader
{
public:
    // With a `root` nothing of this machine is read: files are looked for below it (etc/hostname too), and the address of the default route is
    // the text of its file primary-address.
    explicit HardwareReader(std::string root = {}) : m_root(std::move(root)) { }

    wire::HardwareRecord read() const;

private:
    std::string file(const std::string &path) const;
    std::string machineId() const;
    std::string cpu() const;
    std::string memory() const;
    std::string joined(std::initializer_list<const char *> dmiFiles) const;
    std::string hostName() const;
    std::string address() const;
    std::string macs() const;
    std::string disks() const;

    std::string m_root;
};

}
