#include "agent/collectors/hardware_reader.h"

#include "agent/collectors/node_facts.h"
#include "agent/platform/os_release.h"
#include "backend/core/byte_encoding.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <climits>
#include <filesystem>
#include <set>
#include <unistd.h>

namespace fb::agent {

namespace {

    constexpr size_t kMostCharacters = 500;
    constexpr uint64_t kGiB = uint64_t(1) << 30;

    uint64_t numberAfter(std::string_view text, std::string_view label)
    {
        const size_t at = text.find(label);
        if (at == std::string_view::npos)
            return 0;
        std::string_view rest = text.substr(at + label.size());
        rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size()));
        uint64_t number = 0;
        std::from_chars(rest.data(), rest.data() + rest.size(), number);
        return number;
    }

    std::set<std::string> namesIn(const std::string &folder)
    {
        std::set<std::string> names;
        std::error_code failed;
        for (std::filesystem::directory_iterator entry(folder, failed), end; !failed && entry != end;
             entry.increment(failed))
            names.insert(entry->path().filename().string());
        return names;
    }

    bool exists(const std::string &path)
    {
        std::error_code ignored;
        return std::filesystem::exists(path, ignored);
    }

    // A list that is too long for one line is known by its hash.
    std::string inOneLine(std::string text)
    {
        return text.size() <= kMostCharacters ? text : "sha256:" + toHex(sha256(text));
    }

}

std::string HardwareReader::file(const std::string &path) const { return smallFile(m_root + path); }

std::string HardwareReader::machineId() const
{
    const std::string id = file("/etc/machine-id");
    return id.empty() ? file("/var/lib/dbus/machine-id") : id;
}

std::string HardwareReader::cpu() const
{
    const std::string text = smallFile(m_root + "/proc/cpuinfo", 4 * 1024 * 1024);
    size_t count = 0;
    for (size_t at = 0; at < text.size();) {
        count += text.compare(at, 9, "processor") == 0 ? 1 : 0;
        at = std::min(text.find('\n', at), text.size() - 1) + 1;
    }
    return count == 0 ? std::string() : fmt::format("{} x {}", count, cpuModelOf(text));
}

// In tenths of a GiB: what the kernel keeps for itself changes with each of its versions.
std::string HardwareReader::memory() const
{
    const uint64_t kibibytes = numberAfter(file("/proc/meminfo"), "MemTotal:");
    return kibibytes == 0
        ? std::string()
        : fmt::format("{:.1f} GiB", static_cast<double>(kibibytes * 1024) / static_cast<double>(kGiB));
}

std::string HardwareReader::joined(std::initializer_list<const char *> dmiFiles) const
{
    std::string text;
    for (const char *name : dmiFiles) {
        const std::string value = file(std::string("/sys/class/dmi/id/") + name);
        if (!value.empty())
            text += (text.empty() ? "" : " ") + value;
    }
    return text;
}

std::string HardwareReader::hostName() const
{
    if (!m_root.empty())
        return file("/etc/hostname");
    char name[HOST_NAME_MAX + 1] = "";
    ::gethostname(name, sizeof name - 1);
    return name;
}

std::string HardwareReader::address() const
{
    return m_root.empty() ? primaryAddress() : file("/primary-address");
}

// Of what is plugged in; of a container, which has nothing of that kind, those of its own interfaces.
std::string HardwareReader::macs() const
{
    const std::string folder = "/sys/class/net/";
    std::set<std::string> real;
    std::set<std::string> all;
    for (const std::string &name : namesIn(m_root + folder)) {
        const std::string mac = file(folder + name + "/address");
        if (name == "lo" || mac.empty() || mac == "00:00:00:00:00:00")
            continue;
        all.insert(mac);
        if (exists(m_root + folder + name + "/device"))
            real.insert(mac);
    }
    return inOneLine(fmt::format("{}", fmt::join(real.empty() ? all : real, ", ")));
}

// "<hash of what the disk says of itself> <size>", of each that is built in: serial numbers are nobody's business.
std::string HardwareReader::disks() const
{
    const std::string folder = "/sys/block/";
    std::set<std::string> found;
    for (const std::string &name : namesIn(m_root + folder)) {
        const std::string disk = folder + name;
        if (!exists(m_root + disk + "/device") || file(disk + "/removable") == "1" || name.starts_with("sr"))
            continue;
        std::string words;
        for (const char *about :
             {"/device/model", "/device/serial", "/device/wwid", "/wwid", "/serial", "/size"})
            words += file(disk + about) + '\n';
        found.insert(fmt::format("{} {:.1f} GiB", toHex(sha256(words)).substr(0, 16),
                                 static_cast<double>(numberAfter(file(disk + "/size"), "") * 512)
                                     / static_cast<double>(kGiB)));
    }
    return inOneLine(fmt::format("{}", fmt::join(found, ", ")));
}

wire::HardwareRecord HardwareReader::read() const
{
    wire::HardwareRecord record;
    const auto cut = [](std::string text) {
        text.resize(std::min(text.size(), kMostCharacters));
        return text;
    };
    record.set_machine_id(cut(machineId()));
    record.set_cpu(cut(cpu()));
    record.set_memory(memory());
    record.set_bios(cut(joined({"bios_vendor", "bios_version", "bios_date"})));
    record.set_system(cut(joined({"sys_vendor", "product_name", "product_serial", "product_uuid"})));
    record.set_hostname(cut(hostName()));
    record.set_ip_address(cut(address()));
    record.set_mac(macs());
    record.set_disks(disks());
    return record;
}

}
