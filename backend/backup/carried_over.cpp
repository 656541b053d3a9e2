#include "backend/backup/carried_over.h"

#include "backend/security/certificate_repository.h"
#include "backend/security/fleet_ca_repository.h"
#include "backend/security/operators/operator_repository.h"

#include <algorithm>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    template <typename T>
    const T *foundBy(const QList<T> &all, const QString &name, QString T::*member)
    {
        const auto found = std::ranges::find(all, name, member);
        return found == all.end() ? nullptr : &*found;
    }

    Result<void> carryCertificates(Reader &replaced, Transaction &tx, CarriedOver &carried)
    {
        const CertificateRepository certificates;
        const auto newer = certificates.all(replaced);
        if (!newer)
            return newer.error();
        const auto older = certificates.all(tx);
        if (!older)
            return older.error();
        QSet<QString> owners;
        for (const CertificateRow &row : *older)
            owners.insert(row.owner);
        QList<CertificateRow> rows;
        for (const CertificateRow &row : *newer) {
            const auto known = older->constFind(row.serial);
            const bool isRevokedSince = row.revokedAt && known != older->cend() && !known->revokedAt;
            if (known == older->cend() || isRevokedSince)
                rows.append(row);
            carried.revocations += isRevokedSince ? 1 : 0;
            if (isRevokedSince && row.revokedReason == u"deregistered" && owners.contains(row.owner)
                && !carried.deregisteredNodes.contains(row.owner))
                carried.deregisteredNodes.append(row.owner);
        }
        carried.deregisteredNodes.sort();
        return certificates.carryOver(tx, rows);
    }

    Result<void> carryPassword(Reader &replaced, Transaction &tx, const QString &name, Instant now,
                               CarriedOver &carried)
    {
        const OperatorRepository operators;
        const auto newer = operators.passwordHash(replaced, name);
        const auto older = operators.passwordHash(tx, name);
        if (!newer || !older)
            return newer ? older.error() : newer.error();
        if (*newer == *older)
            return {};
        carried.passwordsKept.append(name);
        return operators.setPasswordHash(tx, name, *newer, now);
    }

    Result<void> carryOperators(Reader &replaced, Transaction &tx, Instant now, CarriedOver &carried)
    {
        const OperatorRepository repository;
        const auto newer = repository.all(replaced);
        const auto older = repository.all(tx);
        if (!newer || !older)
            return newer ? older.error() : newer.error();
        for (Operator who : *older) {
            const Operator *since = foundBy(*newer, who.name, &Operator::name);
            if (since) {
                if (auto kept = carryPassword(replaced, tx, who.name, now, carried); !kept)
                    return kept;
                if (since->role != who.role || since->groups != who.groups || since->scope != who.scope
                    || since->statements != who.statements)
                    carried.permissionsDiffer.append(who.name);
            }
            if (!who.enabled || (since && since->enabled))
                continue;
            who.enabled = false;
            carried.operatorsShutOut.append(who.name);
            if (auto stored = repository.put(tx, who); !stored)
                return stored;
        }
        return {};
    }

    Result<void> carryKeys(Reader &replaced, Transaction &tx, CarriedOver &carried)
    {
        const OperatorRepository repository;
        const auto newer = repository.keys(replaced);
        const auto older = repository.keys(tx);
        if (!newer || !older)
            return newer ? older.error() : newer.error();
        for (AccessKey key : *older) {
            const AccessKey *since = foundBy(*newer, key.accessKeyId, &AccessKey::accessKeyId);
            if (!key.enabled || (since && since->enabled))
                continue;
            key.enabled = false;
            carried.keysShutOut.append(key.accessKeyId);
            if (auto stored = repository.putKey(tx, key); !stored)
                return stored;
        }
        return {};
    }

    Result<void> compareCas(Reader &replaced, Reader &restored, CarriedOver &carried)
    {
        const FleetCaRepository repository;
        const auto newer = repository.state(replaced);
        const auto older = repository.state(restored);
        if (!newer || !older)
            return newer ? older.error() : newer.error();
        if (newer->bundleVersion != older->bundleVersion)
            carried.unknown.append(u"The fleet's CA was changed after the backup. Nodes that have left its "
                                   u"CA behind do not know this "
                                   "engine any more; register them anew, or with a re-enrolment token."_s);
        return {};
    }
}

Result<CarriedOver> carryOver(Reader &replaced, Transaction &tx, Instant now)
{
    CarriedOver carried;
    if (auto done = carryCertificates(replaced, tx, carried); !done)
        return done.error();
    if (auto done = carryOperators(replaced, tx, now, carried); !done)
        return done.error();
    if (auto done = carryKeys(replaced, tx, carried); !done)
        return done.error();
    if (auto done = compareCas(replaced, tx, carried); !done)
        return done.error();
    return carried;
}

}
