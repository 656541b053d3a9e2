#include "tests/support/models/fake_agent_builds_source.h"

namespace fb::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

QString FakeAgentBuildsSource::sampleKey()
{
    return u"5b1f0c9a7e3d42869c1b0a6f8e7d5c4b3a291807f6e5d4c3b2a1908f7e6d5c4b"_s;
}

QList<AgentBuildRow> FakeAgentBuildsSource::sample(Instant now)
{
    const auto row
        = [now](const QString &version, const QString &architecture, QChar digit, std::chrono::hours age) {
              AgentBuildRow made;
              made.version = version;
              made.platform = u"Linux"_s;
              made.architecture = architecture;
              made.sha256 = QString(64, digit);
              made.size = 13'407'232;
              made.isSigned = true;
              made.added = now - age;
              made.addedBy = u"mori"_s;
              return made;
          };
    AgentBuildRow early = row(u"0.1.0"_s, u"aarch64"_s, u'c', 900h);
    early.isSigned = false;
    return {row(u"1.4.0"_s, u"x86_64"_s, u'a', 3h), row(u"0.1.0"_s, u"x86_64"_s, u'b', 700h), early};
}

void FakeAgentBuildsSource::start(News told)
{
    news = std::move(told);
    later([this] { tell(); });
}

void FakeAgentBuildsSource::publish(const BuildWish &wish,
                                    std::function<void(const PublishProgress &)> progressed, Done done)
{
    wishes << wish;
    progress = std::move(progressed);
    m_published = std::move(done);
}

void FakeAgentBuildsSource::endPublishing(const ShownError &problem)
{
    if (problem.isEmpty()) {
        const BuildWish &wish = wishes.constLast();
        AgentBuildRow row;
        row.version = wish.version;
        row.platform = wish.platform;
        row.architecture = wish.architecture;
        row.sha256 = QString(64, u'd');
        row.size = 1;
        row.isSigned = true;
        row.added = now();
        row.addedBy = u"m.tanaka"_s;
        values << row;
        tell();
    }
    std::exchange(m_published, {})(problem);
}

void FakeAgentBuildsSource::remove(const AgentBuildRow &build, Done done)
{
    const QString id = AgentBuildTable::idOf(build);
    removes << id;
    const ShownError problem = std::exchange(refusal, {});
    later([this, id, problem, done] {
        if (problem.isEmpty()) {
            values.removeIf([&id](const AgentBuildRow &each) { return AgentBuildTable::idOf(each) == id; });
            tell();
        }
        done(problem);
    });
}

void FakeAgentBuildsSource::setReleaseKey(const QString &file, Done done)
{
    keyFiles << file;
    const ShownError problem = std::exchange(refusal, {});
    later([this, problem, done] {
        if (problem.isEmpty()) {
            releaseKey = QString(64, u'9');
            for (AgentBuildRow &each : values)
                each.isSigned = false;
            tell();
        }
        done(problem);
    });
}

}
