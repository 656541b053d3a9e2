#pragma once
// What the steps of an order find around them, whichever process runs them. One thread.

#include "agent/plugins/plugin.h"
#include "agent/spool/restrictions.h"
#include "agent/spool/work_folder.h"
#include "backend/language/roll_up.h"

namespace fb::agent {

// AWS_SSM_* and what the engine added (spec/documents.md 3.12).
std::map<std::string, std::string> orderEnvironment(const StoredOrder &order);
// What the step's plugin makes of it; AccessDeniedException naming the profile where that denies the plugin. The proxy of the profile goes into
// the environment. `order`: the order's folder, where the supervisor keeps the restrictions of the moment.
Result<PreparedProcess> prepareStep(StepSetting setting, const PrivateFolder &order);
std::map<std::string, CalledDocument> calledDocuments(const StoredOrder &order);

// The result of a step whose process ended by itself.
StepResult resultOfProcess(const Step &step, int code, const PreparedProcess &process, std::string &note);

}
