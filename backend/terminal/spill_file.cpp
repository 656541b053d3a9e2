#include "backend/terminal/spill_file.h"

#include "backend/core/aead.h"

#include <openssl/rand.h>

#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace fb {

SpillFile::SpillFile(std::string folder) : m_folder(std::move(folder)) { }

SpillFile::~SpillFile()
{
    if (m_file >= 0)
        ::close(m_file);
}

bool SpillFile::open()
{
    if (m_file >= 0)
        return true;
    std::string key(kAeadKeyBytes, '\0');
    if (RAND_bytes(reinterpret_cast<unsigned char *>(key.data()), int(key.size())) != 1)
        return false;
    m_key = SecretBytes(key);
    wipe(key);
    if (m_folder.empty()) {
        const char *temporary = std::getenv("TMPDIR");
        m_folder = temporary != nullptr && *temporary != '\0' ? temporary : "/tmp";
    }
    m_file = ::open(m_folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (m_file < 0) { // a file system without nameless files
        std::string name = m_folder + "/flagbridge-history-XXXXXX";
        m_file = ::mkostemp(name.data(), O_CLOEXEC);
        if (m_file >= 0)
            ::unlink(name.c_str());
    }
    return m_file >= 0;
}

std::string SpillFile::nonceOf(int64_t offset) const
{
    std::string nonce(kAeadNonceBytes, '\0');
    std::memcpy(nonce.data(), &offset, sizeof offset);
    return nonce;
}

std::optional<SpillFile::Place> SpillFile::write(std::string_view block)
{
    if (!open())
        return std::nullopt;
    const std::string sealed = aeadSeal(m_key.view(), nonceOf(m_end), {}, block);
    const Place place {m_end, uint32_t(sealed.size())};
    m_end += int64_t(sealed.size()); // also when it fails: a nonce is used once
    for (size_t done = 0; done < sealed.size();) {
        const ssize_t wrote
            = ::pwrite(m_file, sealed.data() + done, sealed.size() - done, place.offset + int64_t(done));
        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote <= 0) {
            drop(place);
            return std::nullopt;
        }
        done += size_t(wrote);
    }
    return place;
}

std::optional<std::string> SpillFile::read(const Place &place) const
{
    std::string sealed(place.size, '\0');
    for (size_t done = 0; done < sealed.size();) {
        const ssize_t got
            = ::pread(m_file, sealed.data() + done, sealed.size() - done, place.offset + int64_t(done));
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return std::nullopt;
        done += size_t(got);
    }
    const auto plain = aeadOpen(m_key.view(), nonceOf(place.offset), {}, sealed);
    if (!plain)
        return std::nullopt;
    return std::string(plain->view());
}

void SpillFile::drop(const Place &place)
{
    (void)::fallocate(m_file, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, place.offset, place.size);
}

}
