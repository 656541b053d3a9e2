// SignInService: how sessions end, and what administrators do with them.
#include "backend/base/fail.h"
#include "backend/core/byte_encoding.h"
#include "backend/security/audit_log.h"
#include "backend/security/signin/sign_in_service.h"

#include <algorithm>

namespace fb {

using namespace Qt::StringLiterals;

QString SignInService::hashOf(const SessionToken &token)
{
    return token ? toQString(sha256Hex(token->view())) : QString();
}

Principal SignInService::atConsole(const QString &name, Role role)
{
    return {.name = name, .role = role, .source = u"console"_s};
}

Error SignInService::noSession()
{
    return qtError(errors::kResourceNotFound, u"This session has ended. Sign in again."_s);
}

Result<void> SignInService::end(const OperatorSession &session, SessionEnd why, const Principal &who)
{
    auto written = m_parts.database.write([&](Transaction &tx) -> Result<void> {
        if (auto ended = m_rows.setEnded(tx, session.sessionId, m_parts.clock.now(), why); !ended)
            return ended;
        m_parts.audit.append(tx,
                             {.who = who,
                              .action = toQString(actions::kSignOut.name()),
                              .target = session.operatorName,
                              .diff = {{u"SessionId"_s, session.sessionId}, {u"Why"_s, enumName(why)}}});
        tx.onCommitted([this] { emit sessionsChanged(); });
        return {};
    });
    // Ended here in any case: a store that fails keeps nobody in.
    const auto removed = m_live.removeIf(
        [&](const auto &live) { return live.value().session.sessionId == session.sessionId; });
    if (removed > 0)
        emit sessionEnded(session.sessionId, why);
    return written;
}

Result<qint64> SignInService::endAll(Transaction &tx) const
{
    const auto open = m_rows.open(tx);
    if (!open)
        return open.error();
    for (const SignInRepository::StoredSession &stored : *open) {
        if (auto ended
            = m_rows.setEnded(tx, stored.session.sessionId, m_parts.clock.now(), SessionEnd::Ended);
            !ended)
            return ended.error();
    }
    return open->size();
}

Result<void> SignInService::look()
{
    if (auto read = readRequired(); !read)
        return read;
    const Instant now = m_parts.clock.now();
    const Tick tick = m_parts.clock.tick();
    m_tickets.removeIf([&](const auto &ticket) { return ticket.value().endsAt <= tick; });
    const auto open = m_rows.open(m_parts.database.reader());
    if (!open)
        return open.error();
    Result<void> first;
    const auto keep = [&first](const Result<void> &done) {
        if (first && !done)
            first = done;
    };
    for (const auto &[session, due] : *open) {
        const Principal who = atConsole(session.operatorName, session.role);
        if (due != SessionEnd::None)
            keep(end(session, due, enginePrincipal()));
        else if (session.expiresAt <= now)
            keep(end(session, SessionEnd::Expired, who));
    }
    // Another operator of the same name must not come into them.
    const auto orphans = m_rows.orphans(m_parts.database.reader());
    if (!orphans)
        return orphans.error();
    for (const QString &name : *orphans)
        keep(m_parts.database.write([&](Transaction &tx) { return m_twoStep.remove(tx, name); }));
    const QHash<QString, Live> live = m_live; // end() takes some away
    for (const Live &each : live) {
        const QString &id = each.session.sessionId;
        const auto stored
            = std::ranges::find(*open, id, [](const auto &one) { return one.session.sessionId; });
        if (stored == open->end()) { // by another engine on this store, or its write is gone
            m_live.removeIf([&](const auto &one) { return one.value().session.sessionId == id; });
            const auto ended = m_rows.byId(m_parts.database.reader(), id);
            emit sessionEnded(id, ended && *ended ? (*ended)->due : SessionEnd::Ended);
        } else if (each.endsAt <= tick) {
            keep(end(each.session, SessionEnd::Expired, enginePrincipal()));
        }
    }
    const QStringList tokens = m_live.keys();
    for (const QString &token : tokens) {
        Live &each = m_live[token];
        if (each.session.lockedAt)
            continue;
        if (tick - each.lastUse >= m_idleLimit) {
            keep(lockLive(each));
        } else if (each.lastUse > each.storedUse) {
            each.storedUse = each.lastUse;
            keep(m_parts.database.write([&](Transaction &tx) {
                return m_rows.setUsed(tx, each.session.sessionId, now - (tick - each.lastUse));
            }));
        }
    }
    return first;
}

Result<void> SignInService::signOut(const SessionToken &token)
{
    const Live *live = liveOf(token);
    if (!live)
        return noSession();
    const OperatorSession session = live->session;
    const Principal who = atConsole(session.operatorName, session.role);
    if (!session.machineId.isEmpty()) {
        const auto machine = m_rows.byId(m_parts.database.reader(), session.machineId);
        if (machine && *machine && !(*machine)->session.endedAt) {
            if (auto ended = end((*machine)->session, SessionEnd::SignedOut, who); !ended)
                return ended;
        }
    }
    return end(session, SessionEnd::SignedOut, who);
}

Result<void> SignInService::endHere()
{
    const QHash<QString, Live> live = m_live;
    for (const Live &each : live) {
        auto ended = end(each.session, SessionEnd::SignedOut,
                         atConsole(each.session.operatorName, each.session.role));
        if (!ended)
            return ended;
    }
    return {};
}

// ---- For administrators --------------------------------------------------------------------------------------------

void SignInService::makeFirstAdministrator(const Principal &who, const QString &name, SecretBytes password,
                                           std::function<void(const Result<void> &)> done)
{
    if (m_isRequired)
        return done(fail(errors::kConflict,
                         u"There are operators with passwords already. Sign in as one of them."_s));
    const auto all = m_parts.operators.listOperators(who);
    if (!all)
        return done(all.error());
    const auto known = std::ranges::find(*all, name, &Operator::name);
    const bool isNew = known == all->end();
    if (!isNew && (known->role != Role::Administrator || !known->enabled || !known->scope.isEmpty()))
        return done(fail(errors::kConflict,
                         u"%1 is no Administrator with all permissions. Choose another name."_s.arg(name),
                         u"Name"_s));
    if (isNew) {
        Operator wish;
        wish.name = name;
        wish.role = Role::Administrator;
        if (const auto made = m_parts.operators.createOperator(who, wish); !made)
            return done(made.error());
    }
    m_parts.operators.setPassword(
        who, name, std::move(password), [this, who, name, isNew, done](const Result<void> &set) {
            if (!set && isNew) // all or nothing
                static_cast<void>(m_parts.operators.deleteOperator(who, name));
            m_parts.database.whenCommitted(
                [done, set](const Result<void> &committed) { done(set ? committed : set); });
        });
}

Result<QList<OperatorSession>> SignInService::sessions(const Principal &who,
                                                       const QString &operatorName) const
{
    if (who.name.isEmpty() || who.name != operatorName) {
        if (auto allowed = m_parts.access.check(who, actions::kListOperatorSessions,
                                                {.resource = u"operator "_s + operatorName});
            !allowed)
            return allowed.error();
    }
    return m_rows.latest(m_parts.database.reader(), operatorName, kMostSessionsListed);
}

Result<void> SignInService::endSession(const Principal &who, const QString &sessionId)
{
    const auto found = m_rows.byId(m_parts.database.reader(), sessionId);
    if (!found)
        return found.error();
    const bool isOwn = *found && !who.name.isEmpty() && (*found)->session.operatorName == who.name;
    if (!isOwn) {
        if (auto allowed = m_parts.access.check(who, actions::kEndOperatorSession,
                                                {.resource = u"session "_s + sessionId.left(64)});
            !allowed) {
            record(who, actions::kEndOperatorSession, sessionId.left(64),
                   toQString(allowed.error().code.name()));
            return allowed;
        }
    }
    if (!*found || (*found)->session.endedAt)
        return fail(errors::kResourceNotFound, u"There is no open session %1."_s.arg(sessionId.left(64)),
                    u"SessionId"_s);
    // A console that stays signed in would come back by itself.
    const QString machineId = (*found)->session.machineId;
    const auto machine = machineId.isEmpty()
        ? (*found)
        : m_rows.byId(m_parts.database.reader(), machineId).value_or(std::nullopt);
    if (!machineId.isEmpty() && machine && !machine->session.endedAt) {
        if (auto ended = end(machine->session, SessionEnd::Ended, who); !ended)
            return ended;
    }
    return end((*found)->session, SessionEnd::Ended, who);
}

Result<TwoStepState> SignInService::twoStepOf(const Principal &who, const QString &operatorName) const
{
    if (who.name.isEmpty() || who.name != operatorName) {
        if (auto allowed = m_parts.access.check(who, actions::kListOperators); !allowed)
            return allowed.error();
    }
    return m_twoStep.state(m_parts.database.reader(), operatorName);
}

Result<void> SignInService::resetTwoStep(const Principal &who, const QString &operatorName)
{
    if (auto allowed = m_parts.access.check(who, actions::kResetTwoStep,
                                            {.resource = u"operator "_s + operatorName.left(64)});
        !allowed) {
        record(who, actions::kResetTwoStep, operatorName.left(64), toQString(allowed.error().code.name()));
        return allowed;
    }
    const auto known = m_rows.twoStep(m_parts.database.reader(), operatorName);
    if (!known)
        return known.error();
    if (!*known)
        return fail(errors::kResourceNotFound, u"Two-step sign-in of %1 is off."_s.arg(operatorName.left(64)),
                    u"Name"_s);
    return m_parts.database.write([&](Transaction &tx) -> Result<void> {
        if (auto gone = m_twoStep.remove(tx, operatorName); !gone)
            return gone;
        m_parts.audit.append(
            tx, {.who = who, .action = toQString(actions::kResetTwoStep.name()), .target = operatorName});
        tx.onCommitted([this] { emit sessionsChanged(); });
        return {};
    });
}

}
