#pragma once
// The SQL of keys, their generations and rotations. Thread: the caller's transaction or reader.

#include "backend/applications/parameters/parameter_key.h"
#include "backend/store/transaction.h"

namespace fb {

class ParameterKeyRepository
{
public:
    Result<QList<ParameterKey>> keys(Reader &reader) const; // by name
    Result<std::optional<ParameterKey>> key(Reader &reader, const QString &name) const;
    Result<bool> insert(Transaction &tx,
                        const ParameterKey &key) const; // with its generation; false: it is there
    Result<void> setState(Transaction &tx, const ParameterKey &key) const; // with the time of its deletion
    Result<QList<ParameterKey>> toBeDeleted(Reader &reader, Instant now) const;

    // ---- Rotation
    Result<QList<qint64>> generations(Reader &reader, const QString &name) const; // ascending
    Result<qint64> versionsBelow(Reader &reader, const QString &name, qint64 generation) const;
    // The next generation; its rotation is to begin.
    Result<void> addGeneration(Transaction &tx, const ParameterKey &key,
                               const ParameterKeyRotation &rotation) const;
    struct Wrapped { // a version that an older generation has wrapped
        qint64 parameterId = 0;
        qint64 version = 0;
        QString canonicalName;
        qint64 generation = 0;
        QByteArray blob;
    };
    struct Position {
        qint64 parameterId = 0;
        qint64 version = 0;
    };
    Result<QList<Wrapped>> wrappedBy(Transaction &tx, const QString &name, qint64 generation,
                                     const Position &after, int limit) const;
    Result<void> setWrapped(Transaction &tx, const Wrapped &wrapped) const; // blob and generation
    Result<void> addProgress(Transaction &tx, const QString &name, qint64 done) const;
    Result<void> endRotation(Transaction &tx, const QString &name) const;
    Result<void> removeGeneration(Transaction &tx, const QString &name, qint64 generation) const;

    static constexpr qint64 kRotationLock = 5'060'731'474;
};

}
