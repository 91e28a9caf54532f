/// Made by Tests/make-signing-fixtures: throw-away keys, and signatures of `message`.
enum SignatureFixtures {
    static let message = Array("retry-run".utf8)
    static let p256Key = """
        -----BEGIN PUBLIC KEY-----
        MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEjiKXtp4Ck2HWMsqc0KClTutHQub9
        EsYODP5unv+o5tbPlnTtqvupiyDJKoZvt1jLE8KImYTcjeSx6lpI/ASsFg==
        -----END PUBLIC KEY-----

        """
    static let p384Key = """
        -----BEGIN PUBLIC KEY-----
        MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEGKuKUcLgQtTZzFI7o6KHhwtXPvUf17PP
        sxr8JdG3zrVCS/TXGGMM9M3zQZG+Ndogz89njjY3WeTLcbBPIfrEASyZcwFFU17v
        XvYZAXMq63Rl7MVOSM9KOP95ZkfNrchS
        -----END PUBLIC KEY-----

        """
    static let p521Key = """
        -----BEGIN PUBLIC KEY-----
        MIGbMBAGByqGSM49AgEGBSuBBAAjA4GGAAQAb/tjdr/uMbSEgnRPOHL1WbkDU70Q
        AMfYF9ffDDFfZQbt92XceTUdSX+R4CsjgwzkWHc4qaW44K3u3xwhBAh6AbYBVOzS
        oSMieZ7zSwb2/c0N80AGciLXdNmdsRblChb0eJ1FnNAqf2EBsBRjwmZ2UYCidNn/
        j9nWKfRJZn6Vk8eKN9U=
        -----END PUBLIC KEY-----

        """
    static let rsaKey = """
        -----BEGIN PUBLIC KEY-----
        MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAr3Fz9JejGZmpZNyjdarX
        CeaiAyOh8fJpvcja8tC9TxO9gXJt8jtMLgxc1tntd5fUq9RbjGBrZ9RTTTuk1uid
        0+oXhh47h82s5XfD96GZsJmFTsjnDYhspWNzDJq+8qVV3tS6GimvYTHg106GRDeQ
        ACG3TmBPMOfWzJZFPNnlWGYb7Uyxe9C0KTmD3FUxxpybNG7EReQkXRCOtk9CNXYr
        lsOzNbS+lQ83S6SLsPlhZFLWhrihqbJbAZKI7B8tiZxUt1N+09mW0Zwpe/71NqjP
        +AI+MJbpmKZuLZKgwcFj7al/xLH2MrT+SyymGaFToVEeymLlxIh99BDmYOBN5bYm
        DwIDAQAB
        -----END PUBLIC KEY-----

        """
    static let ed25519Key = """
        -----BEGIN PUBLIC KEY-----
        MCowBQYDK2VwAyEASNyuMd3CcDoB+MAJ11y/fh/WrQnNQreZOS9Nb/nlh/8=
        -----END PUBLIC KEY-----

        """
    static let rsa1024Key = """
        -----BEGIN PUBLIC KEY-----
        MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDYcU4kCSNRTFWKybELV0cIJIbu
        8PygQFGO86JgDiFDix8sd2sMaml7DSt8cLhJd68Hkh6+vKJU1Wp5GqRxVbGwtASo
        r8oOTz5SZM/RjdZFmetRZBL3x5sCzp2Xu2ElWQz0mcDaw6mBLs72IAyszkNXPXGa
        AJvBaY0vAOL837WieQIDAQAB
        -----END PUBLIC KEY-----

        """
    static let secp256k1Key = """
        -----BEGIN PUBLIC KEY-----
        MFYwEAYHKoZIzj0CAQYFK4EEAAoDQgAEKyk6qRvI38lXLOmCPDr3VXDKs4Kun5N+
        X/36qgNUrPeXAbFxHtDJgIBBgGnJ5eDGrIldM4LL+TS3d2obdr0Zgg==
        -----END PUBLIC KEY-----

        """
    static let explicitKey = """
        -----BEGIN PUBLIC KEY-----
        MIIBSzCCAQMGByqGSM49AgEwgfcCAQEwLAYHKoZIzj0BAQIhAP////8AAAABAAAA
        AAAAAAAAAAAA////////////////MFsEIP////8AAAABAAAAAAAAAAAAAAAA////
        ///////////8BCBaxjXYqjqT57PrvVV2mIa8ZR0GsMxTsPY7zjw+J9JgSwMVAMSd
        NgiG5wSTamZ44ROdJreBn36QBEEEaxfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5
        RdiYwpZP40Li/hp/m47n60p8D54WK84zV2sxXs7LtkBoN79R9QIhAP////8AAAAA
        //////////+85vqtpxeehPO5ysL8YyVRAgEBA0IABGIpdh7SMnm4aK/ndduUeWe3
        jqz+B3SM69ZHXQiUPPHKLWmVLJXGeJO3MSZX1qaY1zCeuesdigmmX8TWk5Jf5vw=
        -----END PUBLIC KEY-----

        """
    static let rsaPKCS1Key = """
        -----BEGIN RSA PUBLIC KEY-----
        MIIBCgKCAQEAr3Fz9JejGZmpZNyjdarXCeaiAyOh8fJpvcja8tC9TxO9gXJt8jtM
        Lgxc1tntd5fUq9RbjGBrZ9RTTTuk1uid0+oXhh47h82s5XfD96GZsJmFTsjnDYhs
        pWNzDJq+8qVV3tS6GimvYTHg106GRDeQACG3TmBPMOfWzJZFPNnlWGYb7Uyxe9C0
        KTmD3FUxxpybNG7EReQkXRCOtk9CNXYrlsOzNbS+lQ83S6SLsPlhZFLWhrihqbJb
        AZKI7B8tiZxUt1N+09mW0Zwpe/71NqjP+AI+MJbpmKZuLZKgwcFj7al/xLH2MrT+
        SyymGaFToVEeymLlxIh99BDmYOBN5bYmDwIDAQAB
        -----END RSA PUBLIC KEY-----

        """
    /// In base64.
    static let signatures = [
        "ed25519": """
        VwabSdbC5xCMNpw1/aEWZLLDDTkEeea7FWN9xW3Dhqab8ZiIEhwqfNgQH00bHYR8WRp2+PQI8QI/UOnD\
        X1kCCA==
        """,
        "p256": """
        MEUCIQD3+tJdbuN+JUEYJbXBMAU5s5iKu8KGmlA7UKoD9JetdgIgAkKiYvdVdjIS8B2R1bz8a7H4TUXg\
        uWY1vfvK3QHaCYg=
        """,
        "p384": """
        MGQCMBgF5P3YINhUibLGilBrz4lX/qFpGE6yRbV+4QLdJalcnB7uaGN3oJCTmls2QL8E+wIwUya7D/k5\
        t9GNB2jmZjHjmsmSPbL0K8IBBrubP6QruYWocYeH2RUoaBx6b/Pq7H05
        """,
        "p384WithSHA256": """
        MGYCMQCqfECaSGlhEnuPoMZhNb4/7TKvfoJEPx0b5Rf5DApSM65jdwWc5iC+MGs8768srQ8CMQDFCOKp\
        ZCYL/jJ29r1aMwprJYwv1V4D5ZJoQX6J5Ph9UUySGj225MB+m9wgxix0ym4=
        """,
        "p521": """
        MIGIAkIA64DNqaVEqucEF6P/+HFRgPYQePRnwuLW3Ml+dw7DNBmi6qDJtYndbb9F4irCjHblD9I3hWp3\
        PRyC68xsccW+spQCQgEVqpbHH25NDiGk5SZrwTFi6b/hkqFKuxSCNrY5npRYFb/pDYcpKwKQlqn+Z5cE\
        uM4OhBk9uD+S//7ZJff0O3SgdA==
        """,
        "rsaPKCS1": """
        ZJgvbDnYFTNew/3p/4/ExshGdJ0viKtSN6xSujs54Y2TyNF53InqDuZeiVTrTQA7exYWnq4A5ZDkuZdN\
        6Yi4vrsaMLXnaXqEpL+7qoODDs2tHhRcYv/dmep+jlEn4tL1yICKVq1VJOtCu5sdzEU8TVjvZwSq2EOM\
        EFC44Q6RY0klBFbohbtQeyp2f7k8mM1Eqnd3rLkTNOepGdvpAUf+23w010KW77kNY5yCI2L7/4fsLC6U\
        Tb670CuU2sKh1RJrlEm3YX7GU23+7Sc7Rn3zikSpWearnTsKBW5175ZEvJiGpKnsJatauayRURWOioM7\
        mA0qXNEsmGPU7jx7ix+NRQ==
        """,
        "rsaPKCS1WithSHA512": """
        IGArxDPab6jTUmVfjE9Nor1vpOlxfMH2Tt5P6TviXjonb1e5gC8+4PO+yk/Da0Tt3Zc09PF1DEuCwBSQ\
        Sv9je5f3AIvSvIhxVKMyrlnaQS4f3rGdCbaH561e/aGkx53T/xVKjDEM1tlDMvqCROCtHNH001Iipyoz\
        o9sJBVf4cCb56vCLlpVD19eb5ZJ0Mtwib+SRA/ISjQP6FGom2CKlAkAJrt1GlFxfV2EqmjYf9vn8GFet\
        0yZXXSaq8jEQZIKxBG49GQga911pPDXAuSLI4p41ehD0xQLjZyviMGbjSfp0anvNKDKEBQPPhUr9pz8n\
        ePSfQXEVoWwH9NphGn3iqQ==
        """,
        "rsaPSS": """
        At5v13Lds6MvLEHTDxsgNFH2D6wCObe9efLm49x4SULpyzHHNL9QGgi7WN47HBqy1B0LODJsmN9qcZKz\
        GBvG2wdzBfnVViVenLwtLpKcyyLxVOPKzZDoBnGFTAo16c0lUwdKML17Sdm6WBGMK9Pddf4xjFV+Lvfk\
        OAalPZb+H3x2l8djqdQbF38qT/Ou+qh7WWXZ2k8yiPIWLPQw6uiuMQl1uoXJiNb58keeg1tOj5bOzmA1\
        j7yQBAdsWa3qm5TjgNRzWNl3xEHxcDE3J8M0p2IXeyiXzKXcoMVaBj/9zd0AEAKFjpzK1wSDwEbAa2LQ\
        smYKNy6Th7Hm01YeQv0faQ==
        """,
        "rsaPSSWithLongestSalt": """
        F34KAffwo7diyJMc1qFYfASMZt3XghEKcF415+/5Luwfs+4u7FeSPg8S7byKDNidMRYlFVcXRuBaFm0R\
        tNawVLy8/Mkqh9l9NWd+PiFjeQVFcIdewaPw9yYXNLek9ZN3cDAFSTIBznenlaoa321jxR1PUT8NOP02\
        wqt9bAsWsyzJp/P9y+Eqers45255zYecYdj1VR1BTrwr7desK1m8sJnRMS1pT70MCZ81D2BC5jQJcMN0\
        2HIjjm1JJGUZolnotbqX9JlkklkmXMolDVOmZFkzyLrrrSOl8tif8TYx9ug/uNadOJfvnrk/WPVhKcUm\
        BJnMRwwnnr1WQdcadIt2tg==
        """,
        "rsaPSSWithOtherMask": """
        RziQuhkaWpxCbryrONHisgSa4zAIcbj0OqUFd8ivLYPFVmStFcVz9VUsbPiiN/ZIDWu5w6sLPtNVEZ4B\
        qUGhV0p9xBgzSxlUEFqHgKt9H7HOShQ59AzalsmKQ3LTyxxkg0BgLx2SyYOiguma7x3TDF2kJHg7e8Gh\
        wtPePTF9O89N3/SemeAtKdXbmMt9LsnmV+2/fUGHK44anC2MY0uDooJKMLBeZgWL+Ko8/I+vReuyC9jr\
        BJyW4/IGe+p5H2h1YzlF2qnhVhCz6iHFojhAW+iS7XK/Up/rBxig7UTt+ecwknhrkXnF65MWLWTtJD+4\
        /uMWXNU46Jlgkk5fnpuNOA==
        """,
    ]
}
