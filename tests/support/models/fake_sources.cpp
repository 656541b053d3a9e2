#include "tests/support/models/fake_sources.h"

#include <algorithm>
#include <cmath>

namespace fb::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

// As from the engine: answers come when the caller has returned.
template <typename Fn>
void FakeFleetSource::later(Fn fn)
{
    QMetaObject::invokeMethod(this, fn, Qt::QueuedConnection);
}

template <typename Fn>
void FakeRunSource::later(Fn fn)
{
    QMetaObject::invokeMethod(this, fn, Qt::QueuedConnection);
}

QList<NodeRow> FakeFleetSource::sampleFleet(Instant now)
{
    QList<NodeRow> nodes;
    const auto add = [&](const QString &name, PingState ping, int secondsAgo, const QString &platform,
                         QStringList tags, double cpu, double memory) {
        NodeRow row;
        row.id = u"mi-%1"_s.arg(0x0c41f7b29d83a6500LL + static_cast<qint64>(nodes.size()) * 0x1f3d5LL, 17, 16,
                                QChar(u'0'));
        row.name = name;
        row.profile = u"Default"_s;
        row.ping = ping;
        row.lastPing = now - std::chrono::seconds(secondsAgo);
        row.platform = platform;
        row.tags = std::move(tags);
        for (const QString &tag : std::as_const(row.tags))
            row.tagPairs.append({tag.section(u'=', 0, 0), tag.section(u'=', 1)});
        row.certificateEnds = now + 24h * (9 + nodes.size());
        if (cpu >= 0) {
            row.cpu = cpu;
            row.memory = memory;
        }
        row.agentVersion = u"0.1.0"_s;
        row.machine = u"Linux x86_64"_s;
        row.address = u"10.20.2.%1"_s.arg(nodes.size() + 10);
        row.registered = now - 24h * (10 + nodes.size());
        nodes << row;
    };
    const auto tags = [](const char *env, const char *role, const char *site) {
        return QStringList {u"env="_s + QLatin1StringView(env), u"role="_s + QLatin1StringView(role),
                            u"site="_s + QLatin1StringView(site)};
    };
    add(u"backup-osa-01"_s, PingState::Online, 10, u"Rocky Linux 9.5"_s, tags("prod", "backup", "osa"), 0.05,
        0.27);
    add(u"build-tyo-01"_s, PingState::Online, 2, u"Ubuntu 22.04"_s, tags("dev", "build", "tyo"), 0.95, 0.74);
    add(u"build-tyo-02"_s, PingState::Online, 2, u"Ubuntu 22.04"_s, tags("dev", "build", "tyo"), 0.81, 0.66);
    add(u"cache-osa-01"_s, PingState::Online, 5, u"Rocky Linux 9.5"_s, tags("prod", "cache", "osa"), 0.10,
        0.58);
    add(u"cache-tyo-01"_s, PingState::Online, 2, u"Rocky Linux 9.5"_s, tags("prod", "cache", "tyo"), 0.12,
        0.63);
    add(u"cache-tyo-02"_s, PingState::Online, 4, u"Rocky Linux 9.5"_s, tags("prod", "cache", "tyo"), 0.11,
        0.61);
    add(u"db-osa-replica"_s, PingState::Online, 7, u"Ubuntu 24.04"_s, tags("prod", "database", "osa"), 0.28,
        0.69);
    add(u"db-tyo-primary"_s, PingState::Online, 3, u"Ubuntu 24.04"_s, tags("prod", "database", "tyo"), 0.84,
        0.88);
    add(u"db-tyo-replica"_s, PingState::Online, 3, u"Ubuntu 24.04"_s, tags("prod", "database", "tyo"), 0.35,
        0.71);
    add(u"edge-fra-01"_s, PingState::Online, 11, u"Debian GNU/Linux 12"_s, tags("prod", "edge", "fra"), 0.09,
        0.33);
    add(u"edge-fra-02"_s, PingState::Quarantined, 9, u"Debian GNU/Linux 12"_s, tags("prod", "edge", "fra"),
        0.07, 0.30);
    add(u"edge-sin-01"_s, PingState::Online, 13, u"Debian GNU/Linux 12"_s, tags("prod", "edge", "sin"), 0.14,
        0.36);
    add(u"mail-osa-01"_s, PingState::Online, 4, u"Debian GNU/Linux 11"_s, tags("prod", "mail", "osa"), 0.21,
        0.48);
    add(u"monitor-tyo-01"_s, PingState::Online, 1, u"Debian GNU/Linux 12"_s, tags("prod", "monitor", "tyo"),
        0.27, 0.55);
    add(u"queue-tyo-01"_s, PingState::Online, 1, u"Debian GNU/Linux 12"_s, tags("prod", "queue", "tyo"), 0.46,
        0.58);
    add(u"queue-tyo-02"_s, PingState::Silent, 48, u"Debian GNU/Linux 12"_s, tags("prod", "queue", "tyo"),
        0.43, 0.57);
    add(u"vpn-tyo-01"_s, PingState::Online, 2, u"Debian GNU/Linux 12"_s, tags("prod", "vpn", "tyo"), 0.08,
        0.24);
    add(u"web-osa-01"_s, PingState::Online, 5, u"Debian GNU/Linux 12"_s, tags("prod", "web", "osa"), 0.17,
        0.39);
    add(u"web-osa-02"_s, PingState::ConnectionLost, 1080, u"Debian GNU/Linux 12"_s,
        tags("prod", "web", "osa"), -1, -1);
    for (int i = 1; i <= 7; ++i)
        add(u"web-tyo-0%1"_s.arg(i), PingState::Online, i, u"Debian GNU/Linux 12"_s,
            tags("prod", "web", "tyo"), 0.15 + 0.03 * i, 0.36 + 0.02 * i);
    return nodes;
}

void FakeFleetSource::start()
{
    emit nodesArrived(nodes);
    emit firstListComplete();
}

void FakeFleetSource::createActivation(const ActivationWish &wish)
{
    wishes << wish;
    if (refusal) {
        const ShownError problem = *refusal;
        refusal.reset();
        later([this, id = wish.requestId, problem] { emit activationRefused(id, problem); });
        return;
    }
    ActivationMade made;
    made.requestId = wish.requestId;
    made.id = wish.requestId.startsWith(u"demo-") ? u"activation-of-"_s + wish.defaultName
                                                  : u"5c0e7d1a-4b1f-4c6e-9a57-0d3f8e2b7c11"_s;
    made.code = u"pV3kQ8sN2xLr7TzB1mYc4W"_s;
    made.engineUrl = agentUrl();
    made.caSha256 = u"9f3c"_s.repeated(16);
    made.installCommand
        = u"sudo flagbridge-agent register --engine %1 --activation-id %2 --activation-code %3 --ca-sha256 %4"_s
              .arg(made.engineUrl, made.id, made.code, made.caSha256);
    made.expires = m_now + std::chrono::duration_cast<Microseconds>(wish.validFor);
    later([this, made] { emit activationMade(made); });
}

void FakeFleetSource::createReenrolmentToken(const QString &requestId, const QString &nodeId)
{
    tokens << nodeId;
    ActivationWish wish;
    wish.requestId = requestId;
    createActivation(wish);
    wishes.removeLast(); // no activation was wished for
}

void FakeFleetSource::setQuarantined(const QStringList &nodeIds, bool quarantined)
{
    quarantines.append({nodeIds, quarantined});
    FleetOutcome outcome;
    outcome.deed = quarantined ? FleetDeed::Quarantine : FleetDeed::Release;
    QList<NodeRow> changed;
    for (NodeRow &row : nodes) {
        if (!nodeIds.contains(row.id))
            continue;
        row.ping = quarantined ? PingState::Quarantined : PingState::Online;
        changed << row;
        outcome.done << row.id;
    }
    later([this, outcome, changed] {
        emit nodesArrived(changed);
        emit outcomeArrived(outcome);
    });
}

void FakeFleetSource::setProfile(const QStringList &nodeIds, const QString &profile)
{
    profileChanges.append({nodeIds, profile});
    FleetOutcome outcome;
    outcome.deed = FleetDeed::ChangeProfile;
    QList<NodeRow> changed;
    for (NodeRow &row : nodes) {
        if (!nodeIds.contains(row.id))
            continue;
        row.profile = profile;
        changed << row;
        outcome.done << row.id;
    }
    later([this, outcome, changed] {
        emit nodesArrived(changed);
        emit outcomeArrived(outcome);
    });
}

void FakeFleetSource::deregister(const QStringList &nodeIds)
{
    deregistered << nodeIds;
    emit nodesRemoved(nodeIds);
    FleetOutcome outcome;
    outcome.deed = FleetDeed::Deregister;
    outcome.done = nodeIds;
    later([this, outcome] { emit outcomeArrived(outcome); });
}

void FakeFleetSource::changeTags(const QList<NodeTagChange> &changes)
{
    tagChanges << changes;
    FleetOutcome outcome;
    QList<NodeRow> changed;
    for (const NodeTagChange &change : changes) {
        if (refusedNodes.contains(change.nodeId)) {
            outcome.failed.append({change.nodeId,
                                   ShownError {.kind = ShownError::Kind::Limit,
                                               .code = u"TooManyTagsError"_s,
                                               .message = u"The node would have 51 tags."_s}});
            continue;
        }
        for (NodeRow &row : nodes) {
            if (row.id != change.nodeId)
                continue;
            const QList<NodeTag> before = row.tagPairs;
            for (const QString &key : change.removed)
                row.tagPairs.removeIf([&](const NodeTag &tag) { return tag.key == key; });
            for (const NodeTag &tag : change.set) {
                row.tagPairs.removeIf([&](const NodeTag &old) { return old.key == tag.key; });
                row.tagPairs << tag;
            }
            std::sort(row.tagPairs.begin(), row.tagPairs.end(),
                      [](const NodeTag &a, const NodeTag &b) { return a.key < b.key; });
            row.tags.clear();
            for (const NodeTag &tag : std::as_const(row.tagPairs))
                row.tags << tag.key + u'=' + tag.value;
            outcome.done << row.id;
            outcome.undoTags << tagChange(row.id, row.tagPairs, before);
            changed << row;
        }
    }
    later([this, changed, outcome] {
        emit nodesArrived(changed);
        emit outcomeArrived(outcome);
    });
}

void FakeFleetSource::rename(const NodeRename &wish)
{
    renames << wish;
    FleetOutcome outcome;
    outcome.deed = FleetDeed::Rename;
    QList<NodeRow> changed;
    for (NodeRow &row : nodes) {
        if (row.id != wish.nodeId)
            continue;
        outcome.done << row.id;
        outcome.undoNames << NodeRename {.nodeId = row.id, .name = row.name};
        row.name = wish.name;
        changed << row;
    }
    later([this, changed, outcome] {
        emit nodesArrived(changed);
        emit outcomeArrived(outcome);
    });
}

void FakeFleetSource::watchNode(const QString &nodeId)
{
    for (const NodeRow &row : std::as_const(nodes)) {
        if (row.id != nodeId)
            continue;
        NodeDetail detail;
        detail.node = row;
        detail.kernel = u"6.8.0-49-generic"_s;
        detail.architecture = u"x86_64"_s;
        detail.cpuCount = 8;
        detail.memoryBytes = 16LL * 1024 * 1024 * 1024;
        detail.bootedAt = m_now - 24h * 63;
        detail.certificateExpires = m_now + 24h * 39;
        for (int minute = 180; minute >= 0 && row.cpu; minute -= 2) {
            const double wave = std::sin(minute / 9.0) * 0.08 + std::sin(minute / 3.1) * 0.05;
            const double slope = (180 - minute) / 180.0;
            detail.cpu.append({m_now - std::chrono::minutes(minute), *row.cpu * (0.5 + 0.5 * slope) + wave});
            detail.memory.append({m_now - std::chrono::minutes(minute), *row.memory * (0.9 + 0.1 * slope)});
        }
        emit detailArrived(detail);
    }
}

DocumentForm FakeRunSource::shellScriptDocument()
{
    DocumentForm form;
    form.name = u"AWS-RunShellScript"_s;
    form.version = u"1"_s;
    form.description = u"Run a shell script or specify the commands to run."_s;
    form.platforms = QStringList {u"Linux"_s, u"MacOS"_s};
    DocumentParameter commands;
    commands.name = u"commands"_s;
    commands.type = DocumentParameter::Type::List;
    commands.description = u"(Required) Specify a shell script or a command to run."_s;
    commands.minItems = 1;
    commands.multiLine = true;
    DocumentParameter directory;
    directory.name = u"workingDirectory"_s;
    directory.description = u"(Optional) The path to the working directory on your instance."_s;
    directory.hasDefault = true;
    directory.maxChars = 4096;
    DocumentParameter timeout;
    timeout.name = u"executionTimeout"_s;
    timeout.description
        = u"(Optional) The time in seconds for a command to complete before it is considered to have failed."_s;
    timeout.hasDefault = true;
    timeout.defaultValue = QStringList {u"3600"_s};
    timeout.allowedPattern
        = u"([1-9][0-9]{0,4})|(1[0-6][0-9]{4})|(17[0-1][0-9]{3})|(172[0-7][0-9]{2})|(172800)"_s;
    timeout.maxChars = 6;
    form.parameters = {commands, directory, timeout};
    return form;
}

DocumentForm FakeRunSource::everyParameterDocument()
{
    using Type = DocumentParameter::Type;
    DocumentForm form;
    form.name = u"Fb-DeployWeb"_s;
    form.version = u"4"_s;
    form.description = u"Rolls a release of the web tier out."_s;
    form.platforms = QStringList {u"Linux"_s};
    const auto add = [&](const QString &name, Type type, const QString &description) -> DocumentParameter & {
        DocumentParameter parameter;
        parameter.name = name;
        parameter.type = type;
        parameter.description = description;
        form.parameters << parameter;
        return form.parameters.last();
    };
    DocumentParameter &release = add(u"release"_s, Type::Text, u"The release to install."_s);
    release.allowedPattern = u"[0-9]+\\.[0-9]+"_s;
    release.minChars = 3;
    release.maxChars = 12;
    DocumentParameter &channel = add(u"channel"_s, Type::Text, u"Where it comes from."_s);
    channel.allowedValues = QStringList {u"stable"_s, u"testing"_s};
    channel.hasDefault = true;
    channel.defaultValue = QStringList {u"stable"_s};
    add(u"workers"_s, Type::Integer, u"Processes on each node."_s);
    DocumentParameter &restart = add(u"restart"_s, Type::Boolean, u"Restart the service afterwards."_s);
    restart.hasDefault = true;
    restart.defaultValue = QStringList {u"true"_s};
    DocumentParameter &services = add(u"services"_s, Type::List, u"Units to restart."_s);
    services.maxItems = 3;
    add(u"settings"_s, Type::Map, u"Environment of the service."_s);
    DocumentParameter &mounts = add(u"mounts"_s, Type::MapList, u"Volumes to mount."_s);
    mounts.hasDefault = true;
    return form;
}

RunRow FakeRunSource::sampleRun(Instant now)
{
    RunRow run;
    run.id = u"3f2c9e10-77aa-4c1e-9f60-51b2ccd47a81"_s;
    run.documentName = u"AWS-RunShellScript"_s;
    run.documentVersion = u"1"_s;
    run.comment = u"Kernel and service restarts due"_s;
    run.status = u"InProgress"_s;
    run.details = u"InProgress"_s;
    run.targets.tags = QStringList {u"env=prod"_s};
    run.parameters.insert(u"commands"_s, {u"needrestart -b"_s});
    run.maxConcurrency = u"25"_s;
    run.maxErrors = u"10%"_s;
    run.requestedBy = u"m.tanaka"_s;
    run.requested = now - 18s;
    run.counts = {.succeeded = 171, .failed = 6, .timedOut = 2, .running = 12, .waiting = 23};
    return run;
}

RunRow FakeRunSource::sampleEarlierRun(Instant now)
{
    RunRow run = sampleRun(now);
    run.id = u"11111111-2222-4333-8444-000000000077"_s;
    run.comment = u"Before the kernel update"_s;
    run.status = run.details = u"Failed"_s;
    run.requested = now - std::chrono::hours(26);
    run.finished = run.requested + 40s;
    run.counts = {.succeeded = 5, .failed = 1};
    return run;
}

// Nodes 1 to 6 of playSampleRun(), and one that is gone since.
void FakeRunSource::playEarlierRun()
{
    const QString commandId = sampleEarlierRun(m_now).id;
    QList<InvocationRow> rows;
    QList<RunChunk> chunks;
    for (int i = 1; i <= 7; ++i) {
        InvocationRow row;
        row.nodeId = u"mi-%1"_s.arg(i == 7 ? 0xfff : i, 17, 16, QChar(u'0'));
        row.nodeName = i == 7 ? u"web-old"_s : u"web-tyo-%1"_s.arg(i + 1, 3, 10, QChar(u'0'));
        row.details = i == 2 ? u"Failed"_s : u"Success"_s;
        row.responseCode = i == 2 ? 3 : 0;
        rows << row;
        chunks.append({row.nodeId, RunStream::Out, 0,
                       QByteArray("Kernel: 5.10.0\nrestarts: ") + QByteArray::number(i % 2) + '\n'});
    }
    emit invocationsArrived(commandId, rows);
    emit outputArrived(commandId, chunks);
}

void FakeRunSource::start()
{
    emit runsArrived(runs);
    emit firstListComplete();
    emit olderRead(!olderRuns.isEmpty());
}

void FakeRunSource::readOlder()
{
    later([this] {
        emit runsArrived(std::exchange(olderRuns, {}));
        emit olderRead(false);
    });
}

void FakeRunSource::read(const QString &commandId)
{
    later([this, commandId] {
        for (const RunRow &run : std::as_const(olderRuns)) {
            if (run.id == commandId)
                return emit runsArrived({run});
        }
        ShownError problem;
        problem.code = QStringLiteral("InvalidCommandId");
        emit runMissing(commandId, problem);
    });
}

void FakeRunSource::loadDocuments()
{
    emit documentsArrived({shellScriptDocument(), everyParameterDocument()});
}

void FakeRunSource::send(const QString &requestId, const RunRequest &request)
{
    sentRequests << request;
    if (refusal) {
        const ShownError problem = *refusal;
        refusal.reset();
        later([this, requestId, problem] { emit refused(requestId, problem); });
        return;
    }
    RunRow run = sampleRun(m_now);
    run.comment = request.comment;
    run.parameters = request.parameters;
    run.targets = request.targets;
    later([this, run, requestId] {
        emit runsArrived({run});
        emit sent(requestId, run.id);
    });
}

void FakeRunSource::cancel(const QString &commandId, const QStringList &) { cancelled << commandId; }

void FakeRunSource::readPast(const QString &commandId)
{
    RunPast past;
    past.events
        = {{.at = m_now - 17s, .status = u"InProgress"_s}, {.at = m_now - 18s, .status = u"Pending"_s}};
    past.changes
        = {{.at = m_now - 18s, .who = u"m.tanaka"_s, .action = u"SendCommand"_s, .result = u"Success"_s}};
    later([this, commandId, past] { emit pastArrived(commandId, past); });
}

void FakeRunSource::playSampleRun()
{
    const QString commandId = sampleRun(m_now).id;
    QList<InvocationRow> rows;
    QList<RunChunk> chunks;
    const auto say = [&](int count, const QString &site, const QString &details, int code, const QString &out,
                         const QString &err) {
        for (int i = 0; i < count; ++i) {
            InvocationRow row;
            row.nodeId = u"mi-%1"_s.arg(rows.size(), 17, 16, QChar(u'0'));
            row.nodeName = u"%1-%2"_s.arg(site).arg(i + 1, 3, 10, QChar(u'0'));
            row.platform = u"Debian GNU/Linux 12"_s;
            row.details = details;
            row.responseCode = code;
            if (details != u"Pending")
                row.started = m_now - 15s + std::chrono::milliseconds(rows.size() * 40);
            if (code >= 0)
                row.finished = row.started + std::chrono::milliseconds(700 + i * 37 % 900);
            if (!out.isEmpty())
                chunks.append({row.nodeId, RunStream::Out, 0, out.toUtf8()});
            if (!err.isEmpty())
                chunks.append({row.nodeId, RunStream::Err, 0, err.toUtf8()});
            rows << row;
        }
    };
    say(147, u"web-tyo"_s, u"Success"_s, 0,
        u"NEEDRESTART-VER: 3.6\nNEEDRESTART-KCUR: 6.1.0-28-amd64\nNEEDRESTART-KEXP: 6.1.0-28-amd64\nNEEDRESTART-KSTA: 1\n"_s,
        {});
    say(16, u"web-osa"_s, u"Success"_s, 0,
        u"NEEDRESTART-VER: 3.6\nNEEDRESTART-KCUR: 6.1.0-27-amd64\nNEEDRESTART-KEXP: "
        u"6.1.0-28-amd64\nNEEDRESTART-KSTA: 3\n"
        "NEEDRESTART-SVC: cron.service\nNEEDRESTART-SVC: nginx.service\nNEEDRESTART-SVC: ssh.service\n"
        "NEEDRESTART-SVC: systemd-logind.service\nNEEDRESTART-SVC: unattended-upgrades.service\n"_s,
        {});
    say(8, u"db-tyo"_s, u"Success"_s, 0,
        u"NEEDRESTART-VER: 3.6\nNEEDRESTART-KCUR: 6.8.0-49-generic\nNEEDRESTART-KEXP: 6.8.0-49-generic\nNEEDRESTART-KSTA: 1\n"_s,
        {});
    say(4, u"edge-sin"_s, u"Failed"_s, 100, {}, u"E: Could not get lock /var/lib/dpkg/lock-frontend.\n"_s);
    say(2, u"cache-osa"_s, u"Failed"_s, 127, {}, u"_script.sh: 3: needrestart: not found\n"_s);
    say(2, u"mail-osa"_s, u"ExecutionTimedOut"_s, 137, {}, {});
    say(12, u"queue-tyo"_s, u"InProgress"_s, -1, {}, {});
    say(23, u"build-fra"_s, u"Pending"_s, -1, {}, {});
    emit invocationsArrived(commandId, rows);
    emit outputArrived(commandId, chunks);
}

}
