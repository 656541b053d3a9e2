#pragma once
// The plugins a Command document may name: platforms and inputs (spec/documents.md 3.12). Any thread.

#include "backend/language/interpolation.h"
#include "backend/language/platform.h"

#include <span>
#include <string>
#include <string_view>

namespace fb {

enum class InputShape { Text, TextOrList, Integer, Flag, List, Map, MapOrText };

struct PluginInput {
    std::string_view name {};
    InputShape shape = InputShape::Text;
    bool isRequired = false;
    std::span<const std::string_view> values {}; // the only ones allowed; empty: any
};

struct Plugin {
    std::string_view name {};
    PlatformSet platforms {};
    std::span<const PluginInput> inputs {};
    ReferenceStyle scriptStyle = ReferenceStyle::Plain; // of its runCommand
    std::string_view whyUnsupported {}; // for plugins that no platform runs

    const PluginInput *input(std::string_view inputName) const;
    bool isScript() const { return scriptStyle != ReferenceStyle::Plain; }
};

std::span<const Plugin> allPlugins();
const Plugin *findPlugin(std::string_view name); // null if unknown
std::string_view nearestPluginName(std::string_view name); // for "did you mean"; empty if nothing is near

}
