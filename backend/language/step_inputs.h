#pragma once
// The inputs of one step against the plugin table, and the flow modifiers among them. Used by document_reader.cpp alone.

#include "backend/language/document.h"
#include "backend/language/plugin_table.h"

namespace fb {

// Where a fault stands, and where it goes.
class ProblemSink
{
public:
    explicit ProblemSink(DocumentCheck &check) : m_check(check) { }
    void problem(std::string path, Mark mark, Fault fault)
    {
        m_check.problems.push_back(problemAt(std::move(path), mark, std::move(fault)));
    }
    void warning(std::string path, Mark mark, Fault fault)
    {
        m_check.warnings.push_back(problemAt(std::move(path), mark, std::move(fault)));
    }

private:
    DocumentCheck &m_check;
};

// Why a key that Automation knows has no place in a Command document; none for other keys.
std::optional<Fault> automationOnlyReason(std::string_view key);

// Takes the flow modifiers out of step.inputs and into their fields.
void takeFlowModifiers(Step &step, const std::string &path, ProblemSink &sink);
// Unknown, missing and misshapen inputs. A plugin that is not in the table (null) is not judged.
void checkInputs(const Step &step, const Plugin *plugin, const ParameterDefinitions &parameters,
                 const std::string &path, ProblemSink &sink);

}
