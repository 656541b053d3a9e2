#include "agent/collectors/node_facts.h"

#include "agent/platform/os_release.h"
#include "agent/platform/user_account.h"

#include <algorithm>
#include <arpa/inet.h>
#include <charconv>
#include <climits>
#include <ctime>
#include <filesystem>
#include <netdb.h>
#include <sys/socket.h>
#include <sys/sysinfo.h>
#include <sys/utsname.h>
#include <unistd.h>

namespace fb::agent {

namespace {

    // The fully qualified name when /etc/hosts has it; a name server is not asked, it may not answer for seconds.
    std::string computerName()
    {
        char name[HOST_NAME_MAX + 1] = "";
        ::gethostname(name, sizeof name - 1);
        const std::string host(name);
        if (host.find('.') != std::string::npos)
            return host;
        const std::string hosts = smallFile("/etc/hosts");
        size_t at = 0;
        while (at < hosts.size()) {
            const size_t end = std::min(hosts.find('\n', at), hosts.size());
            std::string line = hosts.substr(at, std::min(end, hosts.find('#', at)) - at);
            at = end + 1;
            std::replace(line.begin(), line.end(), '\t', ' ');
            std::string qualified;
            bool ours = false;
            for (size_t i = 0; i < line.size();) {
                const size_t stop = std::min(line.find(' ', i), line.size());
                const std::string word = line.substr(i, stop - i);
                i = stop + 1;
                if (word.starts_with(host + ".") && qualified.empty())
                    qualified = word;
                ours = ours || word == host;
            }
            if (ours && !qualified.empty())
                return qualified;
        }
        return host;
    }

    std::string timeZone()
    {
        if (const char *zone = std::getenv("TZ"); zone && *zone && *zone != ':' && *zone != '/')
            return zone;
        std::error_code ignored;
        const std::string link = std::filesystem::read_symlink("/etc/localtime", ignored).string();
        const size_t at = link.find("zoneinfo/");
        if (at != std::string::npos)
            return link.substr(at + 9);
        const std::string named = smallFile("/etc/timezone");
        return named.empty() ? "UTC" : named;
    }

    int64_t bootTimeMicros()
    {
        timespec real {};
        timespec boot {};
        ::clock_gettime(CLOCK_REALTIME, &real);
        ::clock_gettime(CLOCK_BOOTTIME, &boot);
        const int64_t seconds = real.tv_sec - boot.tv_sec - (real.tv_nsec < boot.tv_nsec ? 1 : 0);
        return seconds * 1'000'000; // whole seconds: the same at every call
    }

}

// No packet is sent by connecting a datagram socket.
std::string primaryAddress()
{
    const auto ask = [](int family, const sockaddr *to, socklen_t size) -> std::string {
        const int fd = ::socket(family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        if (fd < 0)
            return {};
        sockaddr_storage own {};
        socklen_t length = sizeof own;
        char text[NI_MAXHOST] = "";
        if (::connect(fd, to, size) == 0
            && ::getsockname(fd, reinterpret_cast<sockaddr *>(&own), &length) == 0)
            ::getnameinfo(reinterpret_cast<const sockaddr *>(&own), length, text, sizeof text, nullptr, 0,
                          NI_NUMERICHOST);
        ::close(fd);
        return text;
    };
    sockaddr_in v4 {};
    v4.sin_family = AF_INET;
    v4.sin_port = htons(53);
    ::inet_pton(AF_INET, "192.0.2.1", &v4.sin_addr);
    std::string address = ask(AF_INET, reinterpret_cast<const sockaddr *>(&v4), sizeof v4);
    if (address.empty()) {
        sockaddr_in6 v6 {};
        v6.sin6_family = AF_INET6;
        v6.sin6_port = htons(53);
        ::inet_pton(AF_INET6, "2001:db8::1", &v6.sin6_addr);
        address = ask(AF_INET6, reinterpret_cast<const sockaddr *>(&v6), sizeof v6);
    }
    return address.empty() ? "127.0.0.1" : address;
}

std::string cpuModelOf(std::string_view cpuinfo)
{
    for (const std::string_view key : {"model name", "Model", "Processor", "cpu model"}) {
        const size_t at = cpuinfo.find(key);
        if (at == std::string_view::npos || (at > 0 && cpuinfo[at - 1] != '\n'))
            continue;
        const size_t colon = cpuinfo.find(':', at);
        const size_t end = std::min(cpuinfo.find('\n', at), cpuinfo.size());
        if (colon == std::string_view::npos || colon + 2 > end)
            continue;
        return std::string(cpuinfo.substr(colon + 2, end - colon - 2));
    }
    return {};
}

std::string virtualizationOf(std::string_view cgroup, std::string_view dmiVendor, std::string_view dmiProduct,
                             bool hypervisorFlag, bool hasDockerFile)
{
    if (hasDockerFile || cgroup.find("/docker") != std::string_view::npos)
        return "docker";
    if (cgroup.find("/kubepods") != std::string_view::npos)
        return "kubernetes";
    if (cgroup.find("/lxc") != std::string_view::npos)
        return "lxc";
    const auto has = [&](std::string_view text) {
        return dmiVendor.find(text) != std::string_view::npos
            || dmiProduct.find(text) != std::string_view::npos;
    };
    if (has("Amazon EC2"))
        return "amazon";
    if (has("Google"))
        return "google";
    if (has("Microsoft"))
        return "microsoft";
    if (has("VMware"))
        return "vmware";
    if (has("VirtualBox") || has("innotek"))
        return "oracle";
    if (has("Xen"))
        return "xen";
    if (has("QEMU") || has("KVM"))
        return "kvm";
    return hypervisorFlag ? "vm-other" : "none";
}

wire::NodeFacts collectNodeFacts()
{
    wire::NodeFacts facts;
    utsname system {};
    ::uname(&system);
    const OsRelease os = osRelease();
    const std::string cpuinfo = smallFile("/proc/cpuinfo");
    facts.set_computer_name(computerName());
    facts.set_platform_type("Linux");
    facts.set_platform_name(os.name);
    facts.set_platform_version(os.version);
    facts.set_ip_address(primaryAddress());
    facts.set_kernel(system.release);
    facts.set_architecture(system.machine);
    facts.set_cpu_model(cpuModelOf(cpuinfo));
    facts.set_cpu_count(static_cast<uint32_t>(std::max(1L, ::sysconf(_SC_NPROCESSORS_ONLN))));
    facts.set_memory_bytes(static_cast<uint64_t>(::sysconf(_SC_PHYS_PAGES))
                           * static_cast<uint64_t>(::sysconf(_SC_PAGE_SIZE)));
    facts.set_boot_time_us(bootTimeMicros());
    facts.set_time_zone(timeZone());
    facts.set_virtualization(virtualizationOf(
        smallFile("/proc/1/cgroup"), smallFile("/sys/class/dmi/id/sys_vendor"),
        smallFile("/sys/class/dmi/id/product_name"), cpuinfo.find(" hypervisor") != std::string::npos,
        ::access("/.dockerenv", F_OK) == 0));
    facts.set_runs_as_root(runsAsRoot());
    facts.set_run_as_user(ownAccount().name);
    std::string machineId = smallFile("/etc/machine-id");
    if (machineId.empty())
        machineId = smallFile("/var/lib/dbus/machine-id");
    facts.set_machine_id(machineId);
    return facts;
}

}
