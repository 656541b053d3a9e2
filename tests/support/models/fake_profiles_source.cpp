#include "tests/support/models/fake_profiles_source.h"

namespace fb::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

QList<ProfileRow> FakeProfilesSource::sample(Instant now)
{
    ProfileRow byDefault;
    byDefault.name = u"Default"_s;
    byDefault.nodes = 21;
    byDefault.isBuiltIn = true;
    ProfileRow strict;
    strict.name = u"strict"_s;
    strict.description = u"Servers of the shop: no containers, no files"_s;
    strict.deniedPlugins = {u"aws:runDockerAction"_s, u"aws:configureDocker"_s};
    strict.deniedTools = {u"FleetTool/files"_s};
    strict.metricsInterval = 30;
    strict.logLevel = u"warning"_s;
    strict.proxy = u"http://proxy.example.net:3128"_s;
    strict.nodes = 5;
    strict.isForNewNodes = true;
    strict.changed = now - 3h;
    strict.changedBy = u"mori"_s;
    ProfileRow lab;
    lab.name = u"lab"_s;
    lab.description = u"<b>tries</b>\u202e "_s + QString(200, u'x');
    lab.logLevel = u"debug"_s;
    lab.changed = now - 50h;
    lab.changedBy = u"mori"_s;
    return {byDefault, strict, lab};
}

void FakeProfilesSource::answer(const Done &done, std::function<void()> whenDone)
{
    const ShownError problem = std::exchange(refusal, {});
    later([problem, done, whenDone = std::move(whenDone)] {
        if (problem.isEmpty())
            whenDone();
        done(problem);
    });
}

void FakeProfilesSource::save(const ProfileRow &profile, bool isNew, Done done)
{
    saves.append({profile, isNew});
    answer(done, [this, profile] { news.arrived({profile}); });
}

void FakeProfilesSource::remove(const QString &name, Done done)
{
    removes << name;
    answer(done, [this, name] { news.removed({name}); });
}

void FakeProfilesSource::setForNewNodes(const QString &name, Done done)
{
    newNodes << name;
    answer(done, [this, name] {
        for (ProfileRow row : std::as_const(values)) {
            row.isForNewNodes = row.name == name;
            news.arrived({row});
        }
    });
}

}
