#include "backend/language/plugin_table.h"

#include <algorithm>
#include <array>
#include <vector>

namespace fb {

namespace {
    using Shape = InputShape;
    using Names = std::string_view;

    constexpr PlatformSet kAll = PlatformSet::all();
    constexpr PlatformSet kUnix {Platform::Linux, Platform::MacOS};
    constexpr PlatformSet kLinux {Platform::Linux};
    constexpr PlatformSet kWindows {Platform::Windows};
    constexpr PlatformSet kLinuxAndWindows {Platform::Linux, Platform::Windows};

    constexpr std::array<Names, 2> kEnabledValues {"Enabled", "Disabled"};
    constexpr std::array<Names, 2> kInstallValues {"Install", "Uninstall"};
    constexpr std::array<Names, 3> kMsiValues {"Install", "Repair", "Uninstall"};
    constexpr std::array<Names, 2> kInstallationTypes {"Uninstall and reinstall", "In-place update"};
    constexpr std::array<Names, 2> kDocumentSources {"LocalPath", "SSMDocument"};
    constexpr std::array<Names, 5> kDownloadSources {"GitHub", "Git", "HTTP", "S3", "SSMDocument"};
    constexpr std::array<Names, 13> kDockerActions {"Create", "Run",     "Start", "Stop", "Rm",
                                                    "Exec",   "Inspect", "Stats", "Logs", "Pull",
                                                    "Images", "Rmi",     "Ps"};

    constexpr std::array kRunScript {
        PluginInput {"runCommand", Shape::TextOrList, true},
        PluginInput {"workingDirectory", Shape::Text},
        PluginInput {"timeoutSeconds", Shape::Integer},
        PluginInput {"environment", Shape::Map},
    };
    constexpr std::array kDownloadContent {
        PluginInput {"sourceType", Shape::Text, true, kDownloadSources},
        PluginInput {"sourceInfo", Shape::MapOrText, true},
        PluginInput {"destinationPath", Shape::Text},
    };
    constexpr std::array kRunDocument {
        PluginInput {"documentType", Shape::Text, true, kDocumentSources},
        PluginInput {"documentPath", Shape::Text, true},
        PluginInput {"documentParameters", Shape::MapOrText},
    };
    constexpr std::array kConfigurePackage {
        PluginInput {"name", Shape::Text, true},
        PluginInput {"action", Shape::Text, true, kInstallValues},
        PluginInput {"version", Shape::Text},
        PluginInput {"installationType", Shape::Text, false, kInstallationTypes},
        PluginInput {"additionalArguments", Shape::MapOrText},
    };
    constexpr std::array kSoftwareInventory {
        PluginInput {"applications", Shape::Text, false, kEnabledValues},
        PluginInput {"awsComponents", Shape::Text, false, kEnabledValues},
        PluginInput {"files", Shape::Text},
        PluginInput {"networkConfig", Shape::Text, false, kEnabledValues},
        PluginInput {"windowsUpdates", Shape::Text, false, kEnabledValues},
        PluginInput {"instanceDetailedInformation", Shape::Text, false, kEnabledValues},
        PluginInput {"services", Shape::Text, false, kEnabledValues},
        PluginInput {"windowsRegistry", Shape::Text},
        PluginInput {"windowsRoles", Shape::Text, false, kEnabledValues},
        PluginInput {"customInventory", Shape::Text, false, kEnabledValues},
        PluginInput {"billingInfo", Shape::Text, false, kEnabledValues},
        PluginInput {"processes", Shape::Text, false, kEnabledValues},
        PluginInput {"billOfMaterials", Shape::Text, false, kEnabledValues},
        PluginInput {"changeDetectionFrequency", Shape::Text},
        PluginInput {"changeDetectionTypes", Shape::TextOrList},
    };
    constexpr std::array kUpdateAgent {
        PluginInput {"agentName", Shape::Text, true},
        PluginInput {"allowDowngrade", Shape::Flag},
        PluginInput {"targetVersion", Shape::Text},
        PluginInput {"source", Shape::Text},
    };
    constexpr std::array kRefreshAssociation {
        PluginInput {"associationIds", Shape::TextOrList},
    };
    constexpr std::array kDocker {
        PluginInput {"action", Shape::Text, true, kDockerActions},
        PluginInput {"container", Shape::Text},
        PluginInput {"image", Shape::Text},
        PluginInput {"cmd", Shape::Text},
        PluginInput {"memory", Shape::Text},
        PluginInput {"cpuShares", Shape::Text},
        PluginInput {"volume", Shape::TextOrList},
        PluginInput {"env", Shape::Text},
        PluginInput {"user", Shape::Text},
        PluginInput {"publish", Shape::Text},
        PluginInput {"workingDirectory", Shape::Text},
        PluginInput {"timeoutSeconds", Shape::Integer},
    };
    constexpr std::array kConfigureDocker {
        PluginInput {"action", Shape::Text, true, kInstallValues},
    };
    constexpr std::array kDomainJoin {
        PluginInput {"directoryName", Shape::Text, true}, PluginInput {"directoryId", Shape::Text},
        PluginInput {"directoryOU", Shape::Text},         PluginInput {"dnsIpAddresses", Shape::TextOrList},
        PluginInput {"credentials", Shape::MapOrText},
    };
    constexpr std::array kApplications {
        PluginInput {"action", Shape::Text, true, kMsiValues},
        PluginInput {"source", Shape::Text, true},
        PluginInput {"sourceHash", Shape::Text},
        PluginInput {"parameters", Shape::Text},
    };
    constexpr std::array kPsModule {
        PluginInput {"source", Shape::Text, true},      PluginInput {"sourceHash", Shape::Text},
        PluginInput {"runCommand", Shape::TextOrList},  PluginInput {"workingDirectory", Shape::Text},
        PluginInput {"timeoutSeconds", Shape::Integer},
    };
    constexpr std::array kCloudWatch {
        PluginInput {"properties", Shape::MapOrText},
    };

    constexpr std::array kPlugins {
        Plugin {"aws:applications", kWindows, kApplications},
        Plugin {"aws:cloudWatch", {}, kCloudWatch, ReferenceStyle::Plain, "use agent metrics"},
        Plugin {"aws:configureDocker", kLinux, kConfigureDocker},
        Plugin {"aws:configurePackage", kAll, kConfigurePackage},
        Plugin {"aws:domainJoin", kLinux, kDomainJoin},
        Plugin {"aws:downloadContent", kAll, kDownloadContent},
        Plugin {"aws:psModule", kWindows, kPsModule, ReferenceStyle::PowerShell},
        Plugin {"aws:refreshAssociation", kAll, kRefreshAssociation},
        Plugin {"aws:runDockerAction", kLinuxAndWindows, kDocker},
        Plugin {"aws:runDocument", kAll, kRunDocument},
        Plugin {"aws:runPowerShellScript", kAll, kRunScript, ReferenceStyle::PowerShell},
        Plugin {"aws:runShellScript", kUnix, kRunScript, ReferenceStyle::Shell},
        Plugin {"aws:softwareInventory", kAll, kSoftwareInventory},
        Plugin {"aws:updateAgent", {}, kUpdateAgent, ReferenceStyle::Plain, "not an EC2 instance"},
        Plugin {"aws:updateSsmAgent", kAll, kUpdateAgent},
    };

    size_t editDistance(std::string_view a, std::string_view b)
    {
        std::vector<size_t> row(b.size() + 1);
        for (size_t j = 0; j <= b.size(); ++j)
            row[j] = j;
        for (size_t i = 1; i <= a.size(); ++i) {
            size_t diagonal = std::exchange(row[0], i);
            for (size_t j = 1; j <= b.size(); ++j) {
                const size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = std::exchange(row[j], std::min({row[j] + 1, row[j - 1] + 1, replaced}));
            }
        }
        return row.back();
    }
}

const PluginInput *Plugin::input(std::string_view inputName) const
{
    const auto found = std::ranges::find(inputs, inputName, &PluginInput::name);
    return found == inputs.end() ? nullptr : &*found;
}

std::span<const Plugin> allPlugins() { return kPlugins; }

const Plugin *findPlugin(std::string_view name)
{
    const auto found = std::ranges::find(kPlugins, name, &Plugin::name);
    return found == kPlugins.end() ? nullptr : &*found;
}

std::string_view nearestPluginName(std::string_view name)
{
    constexpr size_t kFarthest = 5; // edits; a beginning ("aws:runShell") counts as near besides
    constexpr size_t kLongestJudged = 64;
    if (name.size() > kLongestJudged)
        return {};
    std::string_view nearest;
    size_t best = kFarthest + 1;
    for (const Plugin &plugin : kPlugins) {
        const bool isBeginning = name.size() > 6 && plugin.name.starts_with(name);
        const size_t distance = isBeginning ? 0 : editDistance(name, plugin.name);
        if (distance < best) {
            best = distance;
            nearest = plugin.name;
        }
    }
    return nearest;
}

}
