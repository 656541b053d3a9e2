#pragma once
// A folder page by page, sorted here (spec/fleet-manager.md 3.4): the names of the folder are kept between pages, the rest is read for the
// entries of a page only. One thread.

#include "agent/tools/tool.h"

#include <map>
#include <string>
#include <vector>

namespace fb::agent {

class FileLister
{
public:
    static constexpr size_t kPage = 1000;
    static constexpr size_t kMost = 5'000'000; // names of one folder

    Result<wire::FileList> list(const wire::FileListRequest &request);

private:
    struct Listed {
        std::string name;
        uint64_t key = 0; // of a sort by something else than the name
    };
    Result<void> read(const wire::FileListRequest &request, int folder);
    void sort(const wire::FileListRequest &request);
    void fill(wire::FileEntry &entry, int folder, const std::string &name);
    const std::string &userName(uint32_t uid);
    const std::string &groupName(uint32_t gid);

    std::string m_folder;
    wire::FileListRequest m_how; // that m_names were read for
    std::vector<Listed> m_names;
    uint32_t m_hidden = 0;
    uint64_t m_listing = 0;
    std::map<uint32_t, std::string> m_users;
    std::map<uint32_t, std::string> m_groups;
};

}
