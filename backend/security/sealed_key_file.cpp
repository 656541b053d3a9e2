#include "backend/security/sealed_key_file.h"

#include "backend/base/fail.h"
#include "backend/core/aead.h"
#include "backend/core/byte_encoding.h"

#include <QFile>
#include <QFileInfo>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sodium.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    // magic | argon2id passes | memory in KiB | salt | nonce | sealed key. The numbers before the nonce are authenticated.
    constexpr std::string_view kSealedMagic = "FBM1";
    constexpr uint32_t kPasses = 3;
    constexpr uint32_t kMemoryKib = 65536;
    constexpr uint32_t kMostPasses = 16; // of a file from outside
    constexpr uint32_t kMostMemoryKib = 1024 * 1024;
    constexpr size_t kSealedHeaderBytes = 4 + 4 + 4 + crypto_pwhash_argon2id_SALTBYTES;
    constexpr size_t kFileBytes = kSealedHeaderBytes + kAeadNonceBytes + kAeadKeyBytes + kAeadTagBytes;

    tl::unexpected<Error> noSealedKey(const QString &message)
    {
        return fail(errors::kMasterKeyUnavailable, message);
    }

    QString systemError() { return QString::fromLocal8Bit(strerror(errno)); }

    Result<SecretBytes> stretched(std::string_view passphrase, std::string_view header)
    {
        const auto passes = bigEndianAt<uint32_t>(header, 4);
        const auto memory = bigEndianAt<uint32_t>(header, 8);
        if (passes < 1 || passes > kMostPasses || memory < 8 || memory > kMostMemoryKib)
            return noSealedKey(
                u"The sealed master key asks for %1 passes over %2 KiB; that is not one of ours."_s
                    .arg(passes)
                    .arg(memory));
        SecretBytes key = SecretBytes::ofSize(kAeadKeyBytes);
        const bool made = sodium_init() >= 0
            && crypto_pwhash_argon2id(
                   reinterpret_cast<unsigned char *>(key.data()), key.size(), passphrase.data(),
                   passphrase.size(), reinterpret_cast<const unsigned char *>(header.data() + 12), passes,
                   static_cast<size_t>(memory) * 1024, crypto_pwhash_argon2id_ALG_ARGON2ID13)
                == 0;
        if (!made)
            return noSealedKey(
                u"There is not enough memory for the passphrase: %1 MiB are needed."_s.arg(memory / 1024));
        return key;
    }

    bool writeAll(int file, std::string_view bytes)
    {
        while (!bytes.empty()) {
            const ssize_t count = ::write(file, bytes.data(), bytes.size());
            if (count < 0)
                return false;
            bytes.remove_prefix(static_cast<size_t>(count));
        }
        return fsync(file) == 0;
    }
}

Result<void> writeSealedKey(const QString &path, std::string_view passphrase, std::string_view key,
                            Random &random)
{
    std::string bytes(kSealedMagic);
    putBigEndian<uint32_t>(bytes, kPasses);
    putBigEndian<uint32_t>(bytes, kMemoryKib);
    bytes += random.bytes(crypto_pwhash_argon2id_SALTBYTES);
    const auto sealing = stretched(passphrase, bytes);
    if (!sealing)
        return sealing.error();
    const std::string nonce = random.bytes(kAeadNonceBytes);
    const std::string sealed = aeadSeal(sealing->view(), nonce, bytes, key);
    bytes += nonce + sealed;

    const QByteArray target = QFile::encodeName(path);
    const QByteArray part = target + ".part";
    ::unlink(part.constData());
    const int file
        = ::open(part.constData(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
    bool written = file >= 0 && writeAll(file, bytes);
    QString problem = written ? QString() : systemError();
    if (file >= 0)
        ::close(file);
    // link refuses to replace: the key of a store is never overwritten
    if (written && ::link(part.constData(), target.constData()) != 0) {
        written = false;
        problem = systemError();
    }
    ::unlink(part.constData());
    if (!written)
        return noSealedKey(u"The sealed master key %1 cannot be written: %2."_s.arg(path, problem));
    const int folder = ::open(QFile::encodeName(QFileInfo(path).absolutePath()).constData(),
                              O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder >= 0) {
        fsync(folder);
        ::close(folder);
    }
    return {};
}

Result<SecretBytes> openSealedKey(const QString &path, std::string_view passphrase)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return noSealedKey(u"The sealed master key %1 cannot be read: %2."_s.arg(path, file.errorString()));
    const std::string bytes = file.read(static_cast<qint64>(kFileBytes) + 1).toStdString();
    if (bytes.size() != kFileBytes || !bytes.starts_with(kSealedMagic))
        return noSealedKey(
            u"%1 is not a sealed master key, or was cut short. Put back a copy of it."_s.arg(path));
    const std::string_view header = std::string_view(bytes).substr(0, kSealedHeaderBytes);
    const auto sealing = stretched(passphrase, header);
    if (!sealing)
        return sealing.error();
    auto key = aeadOpen(sealing->view(), std::string_view(bytes).substr(kSealedHeaderBytes, kAeadNonceBytes),
                        header, std::string_view(bytes).substr(kSealedHeaderBytes + kAeadNonceBytes));
    if (!key)
        return noSealedKey(
            u"The passphrase does not open %1, or the file was altered. Give the passphrase it was made with."_s
                .arg(path));
    return std::move(*key);
}

}
