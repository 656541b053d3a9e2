#include "tests/integration/tools/tool_bench.h"

#include "backend/base/on_result.h"

namespace fb::test {

QList<AuditEntry> ToolBench::audited(const QString &action)
{
    QList<AuditEntry> found;
    (void)QTest::qWaitFor(
        [&] {
            using Page = Result<QList<AuditEntry>>;
            const auto asked = fleet.ask([](Engine &engine) -> Result<QFuture<Page>> {
                return engine.audit().listEntries(engine.owner(), 0, 200);
            });
            if (!asked)
                return false;
            QFuture<Page> future = *asked;
            future.waitForFinished();
            const Page page = future.result();
            found.clear();
            for (const AuditEntry &entry : page ? *page : QList<AuditEntry>()) {
                if (entry.action == action)
                    found << entry;
            }
            return !found.isEmpty();
        },
        10'000);
    return found;
}

}
