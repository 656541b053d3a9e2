#include "tests/unit/sessions/session_bench.h"

#include <QCoreApplication>
#include <QTest>

namespace fb::test {

using namespace Qt::StringLiterals;

namespace {

    template <typename T>
    T awaited(QFuture<T> future)
    {
        while (!future.isFinished())
            QTest::qWait(5);
        return future.result();
    }
}

void FakeSessionDocuments::put(const QString &name, const QByteArray &yaml)
{
    auto document
        = parseDocument(viewOf("schemaVersion: '1.0'\n" + yaml), DocumentFormat::Yaml, DocumentType::Session);
    if (!document)
        qFatal("%s", document.error().message.c_str());
    m_documents.insert(name, std::make_shared<const Document>(std::move(*document)));
}

Result<ResolvedSessionDocument> FakeSessionDocuments::sessionDocument(const Principal &,
                                                                      const QString &nameOrArn)
{
    const QString name = nameOrArn.section(u"document/"_s, -1);
    if (!m_documents.contains(name))
        return makeError(errors::kInvalidDocument, "no such document", "DocumentName");
    return ResolvedSessionDocument {name, m_documents.value(name)};
}

std::shared_ptr<const Document> FakeSessionDocuments::preferencesDocument()
{
    return m_documents.value(QString::fromLatin1(kDefaultSessionDocument));
}

// ---- Channel -------------------------------------------------------------------------------------------------------

Result<SessionStream> FakeSessionChannel::openTerminal(const NodeId &node, const wire::Open &open,
                                                       bool resumed)
{
    if (!connected)
        return makeError(errors::kTargetNotConnected, "not connected");
    opened.append({m_next, node, open, resumed});
    return m_next++;
}

Result<SessionStream> FakeSessionChannel::openForward(const NodeId &node, const wire::Open &open)
{
    return openTerminal(node, open, false);
}

bool FakeSessionChannel::write(SessionStream stream, std::string bytes)
{
    if (takesInput)
        written[stream] += QByteArray::fromStdString(bytes);
    return takesInput;
}

void FakeSessionChannel::finish(SessionStream stream, const wire::Fin &fin)
{
    said.append(u"finish %1 %2"_s.arg(stream).arg(toQString(fin.reason())).trimmed());
}

void FakeSessionChannel::reset(SessionStream stream, const QString &code, const QString &)
{
    said.append(u"reset %1 %2"_s.arg(stream).arg(code));
}

void FakeSessionChannel::acknowledge(SessionStream stream, quint64 offset) { acknowledged[stream] = offset; }

void FakeSessionChannel::grant(SessionStream stream, quint64 bytes) { granted[stream] += bytes; }

void FakeSessionChannel::resize(SessionStream stream, quint32 columns, quint32 rows)
{
    said.append(u"resize %1 %2x%3"_s.arg(stream).arg(columns).arg(rows));
}

// ---- Bench ---------------------------------------------------------------------------------------------------------

SessionBench::SessionBench(const QString &database, SessionSettings settings)
    : db(database),
      m_settings(std::move(settings))
{
    nodes.node = {.id = NodeId("mi-0123456789abcdef0"),
                  .name = u"web-1"_s,
                  .platformType = u"Linux"_s,
                  .tags = {{u"Env"_s, u"dev"_s}}};
    documents.put(QString::fromLatin1(kDefaultSessionDocument),
                  "sessionType: Standard_Stream\ninputs: {idleSessionTimeout: '20'}\n");
    build();
    nodeComes();
}

SessionBench::~SessionBench()
{
    service.reset(); // first: clients of the test are gone already
    settle();
}

void SessionBench::build()
{
    auto opened = Vault::open(*db, SecretBytes(std::string(32, 'm')), db.clock, db.random);
    if (!opened)
        qFatal("%s", opened.error().message.c_str());
    vault = std::move(*opened);
    bus = std::make_unique<EventBus>(*db, db.clock, db.random);
    audit = std::make_unique<AuditLog>(*db, db.clock, SecretBytes(std::string(32, 'a')));
    tokens = std::make_unique<PagingTokens>(SecretBytes(std::string(32, 't')), db.clock);
    artifacts = ArtifactStore::make(*db, db.clock, db.random);
    service
        = std::make_unique<SessionService>(SessionParts {*db, *artifacts, *vault, channel, nodes, documents,
                                                         *bus, *audit, access, *tokens, db.clock, db.random},
                                           m_settings);
    if (auto started = service->start(); !started)
        qFatal("%s", started.error().message.c_str());
    settle();
}

void SessionBench::restartEngine()
{
    settle();
    service.reset();
    artifacts->flush();
    QTest::qWait(300); // the store's own delay; its thread has no clock of ours
    settle();
    artifacts.reset();
    audit.reset();
    bus.reset();
    vault.reset();
    db.reopen();
    build();
}

void SessionBench::crashEngine()
{
    settle();
    // The artifact store drops what waits in it for the disk.
    service.reset();
    artifacts.reset();
    audit.reset();
    bus.reset();
    vault.reset();
    db.reopen();
    build();
}

void SessionBench::settle()
{
    for (int i = 0; i < 3; ++i) {
        if (auto flushed = db->flush(); !flushed)
            qFatal("%s", flushed.error().message.c_str());
        QCoreApplication::processEvents();
    }
}

void SessionBench::pass(std::chrono::seconds time)
{
    for (; time.count() > 0; time -= std::chrono::seconds(1)) {
        db.clock.advance(std::chrono::seconds(1));
        service->tick();
        settle();
    }
}

void SessionBench::nodeComes(const QList<wire::StreamState> &terminals, const QByteArray &bootId)
{
    channel.connected = true;
    service->nodeConnected(nodes.node.id, bootId, terminals);
    settle();
}

void SessionBench::nodeGoes()
{
    channel.connected = false;
    channel.heardAt = db.clock.now();
    service->nodeLost(nodes.node.id);
    settle();
}

wire::StreamState SessionBench::terminal(const wire::Open &open, quint64 firstKept, quint64 next,
                                         quint64 received)
{
    wire::StreamState state;
    state.set_token(open.token());
    state.set_first_kept(firstKept);
    state.set_next_offset(next);
    state.set_received(received);
    return state;
}

SessionId SessionBench::start(const StartSessionRequest &request)
{
    StartSessionRequest full = request;
    if (full.target.isEmpty())
        full.target = toQString(nodes.node.id);
    const auto id = service->startSession(alice, full);
    if (!id)
        qFatal("%s", id.error().message.c_str());
    settle();
    return *id;
}

SessionId SessionBench::connect(FakeSessionClient &client)
{
    const SessionId id = start();
    if (auto attached = service->attach(alice, id, &client, 100, 30); !attached)
        qFatal("%s", attached.error().message.c_str());
    open();
    return id;
}

void SessionBench::open(quint64 inputFrom, const char *note)
{
    wire::Opened opened;
    opened.set_window(64 * 1024);
    opened.set_receive_from(inputFrom);
    opened.set_note(note);
    service->streamOpened(stream(), opened);
    settle();
}

void SessionBench::output(const QByteArray &bytes)
{
    const quint64 offset = m_offsets.contains(stream()) ? m_offsets.value(stream())
                                                        : channel.opened.last().open.receive_from();
    m_offsets.insert(stream(), offset + static_cast<quint64>(bytes.size()));
    service->streamReceived(stream(), offset, bytes);
}

void SessionBench::exitShell(int code)
{
    wire::Fin fin;
    fin.set_exit_code(code);
    fin.set_reason("exited");
    service->streamFinished(stream(), fin);
}

QList<QJsonObject> SessionBench::events(const QString &detailType)
{
    settle();
    QList<QJsonObject> found;
    const auto all = bus->eventsSince(db->reader(), 0, 10'000);
    for (const Event &event : *all) {
        if (event.detailType == detailType)
            found.append(event.detail);
    }
    return found;
}

QStringList SessionBench::auditActions()
{
    settle();
    QStringList found;
    const auto all = audit->entries(db->reader(), 0, 1000);
    for (const AuditEntry &entry : *all)
        found.prepend(u"%1 %2 %3"_s.arg(entry.who.name, entry.action, entry.result));
    return found;
}

Result<QByteArray> SessionBench::recording(const SessionId &id)
{
    return awaited(service->recording(root, id));
}

Result<QByteArray> SessionBench::provenPart(const SessionId &id)
{
    return awaited(service->provenPart(root, id));
}

}
