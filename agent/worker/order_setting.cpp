#include "agent/worker/order_setting.h"

#include "agent/platform/os_release.h"
#include "agent/plugins/document_run.h"
#include "backend/language/flow.h"

namespace fb::agent {

std::map<std::string, std::string> orderEnvironment(const StoredOrder &order)
{
    const OsRelease os = osRelease();
    std::map<std::string, std::string> environment {
        {"AWS_SSM_REGION_NAME", "xx-local-1"},
        {"AWS_SSM_PLATFORM_NAME", os.name},
        {"AWS_SSM_PLATFORM_VERSION", os.version},
    };
    for (const wire::EnvEntry &entry : order.body.environment())
        environment[entry.name()] = entry.value();
    environment["AWS_SSM_INSTANCE_ID"] = order.nodeId;
    return environment;
}

Result<PreparedProcess> prepareStep(StepSetting setting, const PrivateFolder &order)
{
    const auto restrictions = readRestrictions(order);
    if (!restrictions)
        return restrictions.error();
    const std::string &action = setting.step.step.action;
    if (std::string denial = restrictions->denialOfPlugin(action); !denial.empty())
        return makeError(errors::kAccessDenied, std::move(denial));
    if (const std::string &proxy = restrictions->profile.proxy(); !proxy.empty()) {
        for (const char *name : {"http_proxy", "https_proxy", "HTTPS_PROXY"})
            setting.environment.try_emplace(name, proxy);
    }
    return pluginNamed(action)->prepare(setting);
}

std::map<std::string, CalledDocument> calledDocuments(const StoredOrder &order)
{
    std::map<std::string, CalledDocument> documents;
    for (const wire::CalledDocument &called : order.body.documents())
        documents[called.reference()] = {called.name(), called.format(), called.content(), called.error()};
    return documents;
}

StepResult resultOfProcess(const Step &step, int code, const PreparedProcess &process, std::string &note)
{
    switch (process.meaning) {
    case ExitMeaning::Plain:
        return resultOfPlainExit(step, code);
    case ExitMeaning::Document: {
        DocumentVerdict verdict = readVerdict(process.verdict);
        note += (note.empty() || verdict.note.empty() ? "" : "; ") + verdict.note;
        // What ends the inner document is not the outer one's end.
        return verdict.result.status == StepStatus::Failed ? resultOfPlainExit(step, verdict.result.code)
            : verdict.result.status == StepStatus::Success ? StepResult {StepStatus::Success, 0}
                                                           : verdict.result;
    }
    case ExitMeaning::Script:
        break;
    }
    return resultOfExit(step, code, Platform::Linux);
}

}
