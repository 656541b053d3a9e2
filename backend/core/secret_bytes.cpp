#include "backend/core/secret_bytes.h"

#include "backend/core/byte_encoding.h"

#include <sys/mman.h>

#include <openssl/crypto.h>

#include <cstring>
#include <utility>

namespace fb {

SecretBytes SecretBytes::ofSize(size_t size)
{
    SecretBytes out;
    if (size == 0)
        return out;
    out.m_data = new char[size]();
    out.m_size = size;
    // Past RLIMIT_MEMLOCK the bytes may be swapped; they are still wiped.
    static_cast<void>(mlock(out.m_data, size));
    return out;
}

SecretBytes::SecretBytes(std::string_view bytes) : SecretBytes(ofSize(bytes.size()))
{
    if (!bytes.empty())
        std::memcpy(m_data, bytes.data(), bytes.size());
}

SecretBytes::~SecretBytes()
{
    if (!m_data)
        return;
    OPENSSL_cleanse(m_data, m_size);
    munlock(m_data, m_size);
    delete[] m_data;
}

SecretBytes::SecretBytes(SecretBytes &&other) noexcept
    : m_data(std::exchange(other.m_data, nullptr)),
      m_size(std::exchange(other.m_size, 0))
{
}

SecretBytes &SecretBytes::operator=(SecretBytes &&other) noexcept
{
    std::swap(m_data, other.m_data);
    std::swap(m_size, other.m_size);
    return *this;
}

SecretBytes SecretBytes::copy() const { return SecretBytes(view()); }

bool SecretBytes::equals(const SecretBytes &other) const { return equalInConstantTime(view(), other.view()); }

}
